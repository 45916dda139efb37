package io.mcpaccess.guard.arguments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpaccess.guard.jsonrpc.StrictMessageJson;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentTypeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "number    | 50",
                "number    | -0.1",
                "number    | 5000.00",
                "number    | 1e300",
                "number    | 123456789012345",
                "string    | \"a b\"",
                "string    | \"\"",
                "boolean   | true",
                "strings   | [\"eu\",\"us\"]",
                "strings   | []",
                "integer   | 9007199254740991",
            })
    void takesWhatIsOfItsType(String type, String json) {
        assertThat(read(type, json)).contains(json(json));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "integer   | 50.0                              | 50",
                "integer   | 5e1                               | 50",
                "integer   | -0                                | 0",
                "timestamp | \"2026-11-28T02:00:00+02:00\"     | \"2026-11-28T00:00:00Z\"",
                "timestamp | \"2026-11-28T00:00:00.5Z\"        | \"2026-11-28T00:00:00.500Z\"",
            })
    void givesConditionsOneFormOfIt(String type, String json, String expected) {
        assertThat(read(type, json)).map(JsonNode::toString).contains(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "number    | \"50\"",
                "number    | true",
                "number    | null",
                "number    | 1e301",
                "number    | 1e999999999",
                "number    | 1e-301",
                "number    | 5000.000000000000001",
                "number    | 1234567890123456",
                "integer   | 50.5",
                "integer   | 1e999999999",
                "integer   | 1e-999999999",
                "integer   | 9007199254740992",
                "integer   | \"50\"",
                "string    | 50",
                "string    | \"a\\u0000b\"",
                "string    | \"a\\nb\"",
                "boolean   | \"true\"",
                "boolean   | 1",
                "timestamp | \"2026-11-28\"",
                "timestamp | \"2026-11-28T00:00Z\"",
                "timestamp | \"2026-02-30T00:00:00Z\"",
                "timestamp | \"0000-01-01T00:00:00Z\"",
                "timestamp | \"2026-11-28T00:00:00\"",
                "timestamp | 1764288000",
                "strings   | \"eu\"",
                "strings   | [\"eu\",1]",
                "strings   | [[\"eu\"]]",
            })
    void whatReadersCouldTakeOtherwiseIsAbsent(String type, String json) {
        assertThat(read(type, json)).isEmpty();
    }

    @Test
    void textsAndListsHaveBounds() {
        assertThat(read("string", "\"" + "x".repeat(1024) + "\"")).isPresent();
        assertThat(read("string", "\"" + "x".repeat(1025) + "\"")).isEmpty();
        assertThat(read("strings", strings(100, 256))).isPresent();
        assertThat(read("strings", strings(101, 1))).isEmpty();
        assertThat(read("strings", strings(1, 257))).isEmpty();
    }

    @Test
    void anotherWordIsRefusedWithThoseThereAre() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ArgumentType.of("money"))
                .withMessageContaining("number, integer, string, boolean, timestamp, strings");
    }

    private static String strings(int many, int length) {
        return IntStream.range(0, many)
                .mapToObj(each -> "\"" + "x".repeat(length) + "\"")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static Optional<JsonNode> read(String type, String json) {
        return ArgumentType.of(type).read(json(json));
    }

    private static JsonNode json(String text) {
        return StrictMessageJson.parse(text.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }
}
