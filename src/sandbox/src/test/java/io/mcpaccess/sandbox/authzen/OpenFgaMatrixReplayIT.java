package io.mcpaccess.sandbox.authzen;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our own matrix of checks and OpenFGA's, as far as AuthZEN can ask them, through the gateway: a domain for each model. */
class OpenFgaMatrixReplayIT {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final ObjectMapper JSON = new ObjectMapper();

    /** One model with its tuples, and what is asked about them. */
    private record Stage(String name, String storeFile, List<JsonNode> checks) {}

    @Test
    void check30ChecksOfOpenFgaHaveTheSameAnswersThroughTheGateway(@TempDir Path folder) throws Exception {
        Map<String, Stage> stages = stages();
        Pdp.Domains domains = new Pdp.Domains(folder);
        for (Map.Entry<String, Stage> stage : stages.entrySet()) {
            domains.embedded(stage.getKey(), stage.getValue().storeFile());
        }
        int asked = 0;
        try (Pdp pdp = domains.start()) {
            for (Map.Entry<String, Stage> stage : stages.entrySet()) {
                List<JsonNode> checks = stage.getValue().checks();
                JsonNode answer = pdp.answer(stage.getKey(), "/evaluations", batch(checks));
                List<Boolean> decisions = new ArrayList<>();
                answer.path("evaluations")
                        .forEach(each -> decisions.add(each.path("decision").booleanValue()));
                assertThat(decisions)
                        .as(stage.getValue().name() + " " + answer)
                        .isEqualTo(checks.stream()
                                .map(each -> each.path("expectation").asBoolean())
                                .toList());
                asked += checks.size();
            }
        }
        assertThat(asked).isGreaterThan(50);
    }

    /** First stages alone: a later one has a model of its own over tuples of the first, which no store file can say. */
    private static Map<String, Stage> stages() throws Exception {
        Map<String, Stage> stages = new LinkedHashMap<>();
        for (JsonNode test : tests()) {
            JsonNode stage = test.path("stages").path(0);
            List<JsonNode> checks = new ArrayList<>();
            stage.path("checkAssertions").forEach(check -> {
                if (canBeAsked(check)) {
                    checks.add(check);
                }
            });
            if (!checks.isEmpty()) {
                ObjectNode file = YAML.createObjectNode();
                file.put("model", stage.path("model").asText());
                file.set("tuples", stage.has("tuples") ? stage.path("tuples") : YAML.createArrayNode());
                stages.put(
                        "m" + stages.size(),
                        new Stage(test.path("name").asText(), YAML.writeValueAsString(file), checks));
            }
        }
        return stages;
    }

    /** The embedded engine's own cases and, where it is beside the repository, OpenFGA's matrix. */
    private static List<JsonNode> tests() throws Exception {
        Path root = Path.of(System.getProperty("repository.root"));
        List<JsonNode> tests = new ArrayList<>();
        for (Path file : List.of(
                root.resolve("src/openfga-embedded/src/test/resources/io/mcpaccess/openfga/embedded/cases.yaml"),
                root.resolve("../shared/vectors/openfga/consolidated_1_1_tests.yaml"))) {
            if (Files.exists(file)) {
                YAML.readTree(file.toFile()).path("tests").forEach(tests::add);
            }
        }
        return tests;
    }

    private static boolean canBeAsked(JsonNode check) {
        return !check.has("errorCode")
                && !check.has("contextualTuples")
                && isPlain(check.at("/tuple/user").asText())
                && isPlain(check.at("/tuple/object").asText());
    }

    private static boolean isPlain(String entity) {
        return entity.matches("[^:#*]+:[^:#*]+");
    }

    private static String batch(List<JsonNode> checks) {
        ObjectNode batch = JSON.createObjectNode();
        var items = batch.putArray("evaluations");
        for (JsonNode check : checks) {
            ObjectNode item = items.addObject();
            entity(item.putObject("subject"), check.at("/tuple/user").asText());
            item.putObject("action").put("name", check.at("/tuple/relation").asText());
            entity(item.putObject("resource"), check.at("/tuple/object").asText());
            if (check.has("context")) {
                item.set("context", check.path("context"));
            }
        }
        return batch.toString();
    }

    private static void entity(ObjectNode entity, String text) {
        int colon = text.indexOf(':');
        entity.put("type", text.substring(0, colon)).put("id", text.substring(colon + 1));
    }
}
