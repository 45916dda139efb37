package io.mcpaccess.openfga.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.openfga.language.DslToJsonTransformer;
import io.mcpaccess.openfga.testing.OpenFgaServer;
import io.mcpaccess.openfga.testing.OpenFgaStores;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The project's own cases are true of a real OpenFGA as well. */
@ExtendWith(OpenFgaServer.class)
class CasesOnOpenFgaTest {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, Integer> CODES =
            Map.of("validation_error", 2000, "authorization_model_resolution_too_complex", 2002, "invalid_tuple", 2027);

    @Test
    void theServerAnswersTheChecksAlike(OpenFgaStores stores) throws Exception {
        for (JsonNode test : YAML.readTree(CasesOnOpenFgaTest.class.getResourceAsStream("cases.yaml"))
                .path("tests")) {
            String store = stores.createStore();
            for (JsonNode stage : test.path("stages")) {
                String model =
                        new DslToJsonTransformer().transform(stage.path("model").asText());
                stores.post("/stores/" + store + "/authorization-models", JSON.readTree(model));
                for (JsonNode tuple : stage.path("tuples")) {
                    Map<String, Object> writes = Map.of("tuple_keys", new Object[] {tuple});
                    stores.post("/stores/" + store + "/write", Map.of("writes", writes));
                }
                for (JsonNode check : stage.path("checkAssertions")) {
                    assertThat(answer(stores, store, check))
                            .as(test.path("name").asText() + " " + check)
                            .isEqualTo(expected(check));
                }
            }
        }
    }

    private static String expected(JsonNode check) {
        int code = check.path("errorCode").asInt();
        return code == 0 ? String.valueOf(check.path("expectation").asBoolean()) : String.valueOf(code);
    }

    private static String answer(OpenFgaStores stores, String store, JsonNode check) throws JsonProcessingException {
        Map<String, Object> body = new HashMap<>();
        body.put("tuple_key", check.path("tuple"));
        if (check.has("context")) {
            body.put("context", check.path("context"));
        }
        if (check.has("contextualTuples")) {
            body.put("contextual_tuples", Map.of("tuple_keys", check.path("contextualTuples")));
        }
        try {
            return stores.post("/stores/" + store + "/check", body)
                    .path("allowed")
                    .asText();
        } catch (IllegalStateException e) {
            String message = e.getMessage();
            JsonNode error = JSON.readTree(message.substring(message.indexOf('{')));
            return String.valueOf(CODES.get(error.path("code").asText()));
        }
    }
}
