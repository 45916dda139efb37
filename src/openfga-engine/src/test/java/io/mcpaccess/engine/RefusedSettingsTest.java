package io.mcpaccess.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gravitee.am.common.plugin.ValidationResult;
import io.gravitee.am.model.AuthorizationEngine;
import io.gravitee.am.repository.management.api.AuthorizationEngineRepository;
import io.mcpaccess.engine.testing.AmNode;
import io.reactivex.rxjava3.core.Flowable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.Mockito;

/** Settings that would quietly open something are refused by name, and no value of them is repeated. */
class RefusedSettingsTest {

    private static final ObjectMapper LIKE_AM = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private static final String SERVER =
            "\"connectionUri\":\"https://fga.example.com:8080\",\"storeId\":\"01ARZ3NDEKTSV4RRFFQ69G5FAV\"";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"callers\":[null] | callers: an entry is empty",
                "\"callers\":[\"\"] | callers: an entry is empty",
                "\"callers\":[\"s3cret\",\" \"] | callers: an entry is empty",
                "\"callers\":\"s3cret\" | callers must be a list, not text",
                "\"callers\":[[\"s3cret\"]] | callers must be text, not a list",
                "\"callers\":[7] | callers must be text, not such a number",
                "\"callers\":{\"s3cret\":1} | callers must be a list, not an object",
                "\"caller\":[\"s3cret\"] | no setting \"caller\"; did you mean callers?",
                "\"Callers\":[\"s3cret\"] | no setting \"Callers\"; did you mean callers?",
                "\"call_ers\":[\"s3cret\"] | did you mean callers?",
                "\"checkclient\":true | did you mean checkClient?",
                "\"scopecheck\":\"required\" | did you mean scopeCheck?",
                "\"chekActor\":true | did you mean checkActor?",
                "\"zzz\":\"s3cret\" | no setting \"zzz\"; take it out",
                "\"checkClient\":\"true\" | checkClient must be true or false, not text",
                "\"checkClient\":1 | checkClient must be true or false",
                "\"deadlineMillis\":\"500\" | deadlineMillis must be a whole number, not text",
                "\"deadlineMillis\":1.5 | deadlineMillis must be a whole number",
                "\"deadlineMillis\":99999999999 | deadlineMillis must be a whole number",
                "\"scopeCheck\":true | scopeCheck must be text, not true or false",
                "\"checkActor\":true,\"checkActor\":false | checkActor stands twice",
                "\"callers\":[\"a\"],\"callers\":[] | callers stands twice",
                "\"actionAliases\":[null] | actionAliases: an entry is empty",
                "\"actionAliases\":[{\"action\":\"a\",\"relation\":\"b\",\"relatoin\":\"c\"}] | did you mean relation?",
                "\"headers\":[null] | headers: an entry is empty",
                "\"headers\":[{\"name\":\"x\",\"value\":\"********\"}] | masked",
                "\"headers\":[{\"name\":\"x\",\"value\":7}] | headers: value must be text",
            })
    void attack_aSettingThatIsNone(String wrong, String words) {
        assertThatThrownBy(() -> settings(SERVER + "," + wrong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words)
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void namesEveryFaultAtOnce() {
        assertThatThrownBy(() -> settings(SERVER + ",\"caller\":[],\"checkActor\":1"))
                .hasMessageContaining("callers?")
                .hasMessageContaining("checkActor must be");
    }

    @Test
    void whatIsNoObjectIsRefused() throws JsonProcessingException {
        for (String text : new String[] {"[]", "\"s3cret\"", "7"}) {
            OpenFgaConfiguration configuration = LIKE_AM.readValue(text, OpenFgaConfiguration.class);
            assertThatThrownBy(() -> EngineSettings.of(configuration)).hasMessageContaining("must be an object");
        }
    }

    /** The console's form sends what stands in the schema, headings included. */
    @Test
    void takesAllThatTheConsolesFormMaySend() throws IOException {
        JsonNode properties = LIKE_AM.readTree(Files.readString(Path.of("src/main/plugin/schemas/schema-form.json")))
                .path("properties");
        ObjectNode configuration = LIKE_AM.createObjectNode();
        properties.fields().forEachRemaining(property -> {
            JsonNode schema = property.getValue();
            configuration.set(
                    property.getKey(),
                    schema.has("default")
                            ? schema.get("default")
                            : switch (schema.path("type").asText()) {
                                case "object" -> LIKE_AM.createObjectNode();
                                case "array" -> LIKE_AM.createArrayNode();
                                case "string" -> LIKE_AM.getNodeFactory().textNode("");
                                default -> LIKE_AM.getNodeFactory().nullNode();
                            });
        });
        assertThat(LIKE_AM.treeToValue(configuration, OpenFgaConfiguration.class)
                        .faults())
                .isEmpty();
    }

    @Test
    void aMaskIsNoSecret() {
        assertThat(settings(SERVER
                                + ",\"apiToken\":\"********\",\"clientSecret\":\"********\",\"tlsClientKey\":\"***\"")
                        .source()
                        .toString())
                .contains("None[]");
    }

    @Test
    void theSentenceReachesWhoSaves() {
        try (AmNode node = new AmNode(Map.of());
                var provider = new Closing(node.create("{" + SERVER + ",\"caller\":[\"x\"]}"))) {
            ValidationResult result = provider.engine().validate();
            assertThat(result.failed()).isTrue();
            assertThat(result.failedMessage()).contains("did you mean callers?");
        }
    }

    @Test
    void attack_aSecretIsNotSentToAnAddressThatItWasNotEnteredFor() throws JsonProcessingException {
        String token = ",\"apiToken\":\"s3cret-token\"";
        String stored = "{" + SERVER + token + "}";
        assertThat(problem("{" + SERVER + token + "}", stored)).isEmpty();
        String moved = "{" + SERVER.replace("fga.example.com", "evil.example.net") + token + "}";
        assertThat(problem(moved, stored))
                .hasValueSatisfying(text -> assertThat(text)
                        .contains("apiToken must be entered anew")
                        .doesNotContain("s3cret"));
        assertThat(problem(moved.replace("s3cret-token", "another"), stored)).isEmpty();
        assertThat(problem(moved, stored.replace("s3cret-token", ""))).isEmpty();
        String issuer = ",\"clientId\":\"c\",\"clientSecret\":\"s3cret\",\"apiTokenIssuer\":\"https://as.example.com\"";
        assertThat(problem(
                        "{" + SERVER + issuer.replace("as.example.com", "evil.net") + "}", "{" + SERVER + issuer + "}"))
                .isPresent();
    }

    private record Closing(OpenFgaProvider engine) implements AutoCloseable {
        @Override
        public void close() {
            engine.unregister();
        }
    }

    private static Optional<String> problem(String wanted, String stored) throws JsonProcessingException {
        AuthorizationEngine engine = new AuthorizationEngine();
        engine.setConfiguration(stored);
        AuthorizationEngineRepository engines = Mockito.mock(AuthorizationEngineRepository.class);
        Mockito.when(engines.findAll()).thenReturn(Flowable.just(engine));
        return KeptSecrets.problem(LIKE_AM.readValue(wanted, OpenFgaConfiguration.class), engines);
    }

    private static EngineSettings settings(String members) {
        try {
            return EngineSettings.of(LIKE_AM.readValue("{" + members + "}", OpenFgaConfiguration.class));
        } catch (JsonProcessingException e) {
            throw new AssertionError(members, e);
        }
    }
}
