package io.mcpaccess.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.openfga.language.DslToJsonTransformer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The store file that an operator starts from. */
class SampleModelIT {

    private static final YAMLMapper YAML = new YAMLMapper();

    @Test
    void everyTupleUsesATypeAndARelationOfTheModel() throws Exception {
        JsonNode store = YAML.readTree(Repository.root()
                .resolve("assembly/bundle/model/store.fga.yaml")
                .toFile());
        Map<String, Set<String>> relations = relations(YAML.readTree(
                new DslToJsonTransformer().transform(store.get("model").asText())));

        assertThat(relations.get("tool")).contains("reader", "admin", "can_call", "can_use");
        assertThat(store.get("tuples")).isNotEmpty().allSatisfy(tuple -> {
            assertThat(relations.get(type(tuple, "object")))
                    .as(tuple.toString())
                    .contains(tuple.get("relation").asText());
            assertThat(relations).containsKey(type(tuple, "user"));
        });
    }

    private static Map<String, Set<String>> relations(JsonNode model) {
        Map<String, Set<String>> relations = new HashMap<>();
        model.get("type_definitions").forEach(type -> {
            Set<String> names = new HashSet<>();
            type.path("relations").fieldNames().forEachRemaining(names::add);
            relations.put(type.get("type").asText(), names);
        });
        return relations;
    }

    private static String type(JsonNode tuple, String member) {
        String value = tuple.get(member).asText();
        return value.substring(0, value.indexOf(':'));
    }
}
