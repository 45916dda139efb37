package io.mcpaccess.openfga.embedded.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.mcpaccess.openfga.embedded.problem.InvalidModelException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What people are told of the faults in their models: place, what stands there, what is expected. */
class ModelFaultsTest {

    private static final String HEAD = "model\n  schema 1.1\ntype user\n";

    /** Names that parsers have for what they read, and words that they speak in. */
    private static final String PARSERS =
            "mismatched|extraneous|viable|recognition|expecting|EOF|[A-Z]+_[A-Z]+|IDENTIFIER|NEWLINE|WHITESPACE|NUM_|antlr";

    @TestFactory
    Stream<DynamicTest> aFaultIsToldWithItsPlaceAndWhatIsExpected() throws IOException {
        return cases().map(each -> DynamicTest.dynamicTest(each.get("says").asText(), () -> {
            assertThat(told(each))
                    .isEqualTo(each.get("says").asText())
                    .doesNotContainPattern(PARSERS)
                    .matches("(?s)line \\d+, column \\d+: .*|a model needs at least one type");
        }));
    }

    @Test
    void nothingIsWrittenToTheStandardStreams() throws IOException {
        PrintStream out = System.out;
        PrintStream error = System.err;
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        try (PrintStream stream = new PrintStream(written, true, StandardCharsets.UTF_8)) {
            System.setOut(stream);
            System.setErr(stream);
            cases().forEach(ModelFaultsTest::told);
        } finally {
            System.setOut(out);
            System.setErr(error);
        }
        assertThat(written.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void aFaultOfAnExpressionInAJsonModelHasItsPlaceInTheExpression() {
        String model = """
                {"schema_version": "1.1", "type_definitions": [{"type": "user"}],
                 "conditions": {"ok": {"name": "ok", "expression": "x > ",
                                       "parameters": {"x": {"type_name": "TYPE_NAME_INT"}}}}}
                """;
        assertThat(catchThrowableOfType(InvalidModelException.class, () -> ModelReader.fromJson(model)))
                .hasMessage(
                        "in condition 'ok', line 1, column 5 of its expression: the expression ends where a value is"
                                + " expected");
    }

    private static String told(JsonNode each) {
        String text = each.get("text").asText().replaceFirst("^HEAD\n", HEAD);
        return catchThrowableOfType(InvalidModelException.class, () -> ModelReader.fromDsl(text))
                .getMessage();
    }

    private static Stream<JsonNode> cases() throws IOException {
        try (InputStream file = ModelFaultsTest.class.getResourceAsStream("faults.yaml")) {
            return StreamSupport.stream(
                    new ObjectMapper(new YAMLFactory()).readTree(file).spliterator(), false);
        }
    }
}
