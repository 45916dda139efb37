package io.mcpaccess.openfga.embedded.condition;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Conditions whose answers a real OpenFGA gave: the project's own by kind, and a file of more where it is beside us. */
class ConditionCasesTest {

    private static final String VECTORS = "../shared/vectors/openfga/conditions.json";

    @TestFactory
    Stream<DynamicNode> answersItsOwnCasesAsOpenFgaDoes() throws IOException {
        try (InputStream file = ConditionCasesTest.class.getResourceAsStream("conditions.yaml")) {
            JsonNode kinds = new ObjectMapper(new YAMLFactory()).readTree(file);
            return kinds.properties().stream()
                    .map(kind -> DynamicContainer.dynamicContainer(kind.getKey(), tests(kind.getValue())));
        }
    }

    @TestFactory
    Stream<DynamicNode> answersTheCasesBesideTheRepositoryAsOpenFgaDoes() throws IOException {
        Path vectors = Path.of(System.getProperty("repository.root", "../..")).resolve(VECTORS);
        return Files.exists(vectors) ? tests(new ObjectMapper().readTree(vectors.toFile())) : Stream.empty();
    }

    private static Stream<DynamicNode> tests(JsonNode cases) {
        return StreamSupport.stream(cases.spliterator(), false)
                .map(each -> DynamicTest.dynamicTest(
                        each.get("expression").asText() + " " + each.get("context"), () -> holds(each)));
    }

    private static void holds(JsonNode each) {
        Map<String, Object> context = new ObjectMapper().convertValue(each.get("context"), new TypeReference<>() {});
        // A server refuses a request whose context has control characters, before it looks at conditions.
        String right = each.get("right").asText();
        boolean reachesTheCondition = right.equals(ConditionCase.REFUSED)
                || context.values().stream().noneMatch(ConditionCasesTest::hasControlCharacters);
        String answer = new ConditionCase(
                        ConditionCase.parameters(each.get("parameters").asText()),
                        each.get("expression").asText(),
                        context)
                .answer();
        assertThat(reachesTheCondition ? answer : ConditionCase.ERROR).isEqualTo(right);
    }

    private static boolean hasControlCharacters(Object value) {
        return value instanceof String text && text.chars().anyMatch(Character::isISOControl);
    }
}
