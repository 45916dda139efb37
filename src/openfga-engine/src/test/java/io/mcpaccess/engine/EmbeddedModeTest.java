package io.mcpaccess.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gravitee.am.authorizationengine.api.model.AuthorizationEngineRequest;
import io.gravitee.am.authorizationengine.api.model.AuthorizationEngineResponse;
import io.mcpaccess.core.authzen.Action;
import io.mcpaccess.core.authzen.EvaluationRequest;
import io.mcpaccess.core.authzen.Resource;
import io.mcpaccess.core.authzen.Subject;
import io.mcpaccess.core.spi.EngineSpiClient;
import io.mcpaccess.engine.testing.AmNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddedModeTest {

    private static final String STORE = """
            model: |
              model
                schema 1.1
              type user
              type tool
                relations
                  define can_call: [user]
            tuples:
              - user: user:alice
                relation: can_call
                object: tool:pay
            """;

    @TempDir
    private Path directory;

    @Test
    void decidesByAStoreFileInTheOperatorsDirectory() throws Exception {
        Files.writeString(directory.resolve("store.fga.yaml"), STORE);
        try (AmNode node = new AmNode(Map.of("mcp.embedded.dir", directory.toString()))) {
            OpenFgaProvider provider = node.create("{\"mode\":\"embedded\",\"storeFile\":\"store.fga.yaml\"}");

            assertThat(provider.validate().succeeded()).isTrue();
            assertThat(check(provider, "alice").decision()).isTrue();
            assertThat(check(provider, "bob").context()).containsEntry("reason_code", "permission_denied");
            assertThat(EngineSpiClient.of(provider)
                            .orElseThrow()
                            .explain(EvaluationRequest.of(
                                    new Subject("user", "alice", Map.of()),
                                    new Action("can_call", Map.of()),
                                    new Resource("tool", "pay", Map.of())))
                            .toCompletableFuture()
                            .join())
                    .containsEntry("allowed", true)
                    .containsEntry("complete", true);
            provider.stop();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "engine, alice, 2020-01-01T00:00:00Z, true",
        "engine, bob, 2020-01-01T00:00:00Z, false",
        "caller, bob, 2020-01-01T00:00:00Z, true",
        "caller, alice, , true",
        "caller, bob, , false"
    })
    void conditionsHaveTheEnginesClock(String whose, String user, String callers, boolean allowed) throws Exception {
        Files.writeString(directory.resolve("store.fga.yaml"), """
                model: |
                  model
                    schema 1.1
                  type user
                  type tool
                    relations
                      define can_call: [user with until]
                  condition until(current_time: timestamp, valid_until: timestamp) {
                    current_time < valid_until
                  }
                tuples:
                  - {user: "user:alice", relation: can_call, object: "tool:pay",
                     condition: {name: until, context: {valid_until: "2999-01-01T00:00:00Z"}}}
                  - {user: "user:bob", relation: can_call, object: "tool:pay",
                     condition: {name: until, context: {valid_until: "2021-01-01T00:00:00Z"}}}
                """);
        try (AmNode node = new AmNode(Map.of("mcp.embedded.dir", directory.toString()))) {
            OpenFgaProvider provider = node.create(
                    "{\"mode\":\"embedded\",\"storeFile\":\"store.fga.yaml\",\"currentTime\":\"" + whose + "\"}");
            Map<String, Object> context = callers == null ? Map.of() : Map.of("current_time", callers);

            for (int time = 0; time < 2; time++) {
                assertThat(EngineSpiClient.of(provider)
                                .orElseThrow()
                                .evaluations(List.of(new EvaluationRequest(
                                        Subject.of("user", user),
                                        Action.of("can_call"),
                                        Resource.of("tool", "pay"),
                                        context)))
                                .toCompletableFuture()
                                .join()
                                .get(0)
                                .isAllowed())
                        .isEqualTo(allowed);
            }
            provider.stop();
        }
    }

    @Test
    void decidesByTheModelThatTheAdministratorChose() throws Exception {
        Files.writeString(directory.resolve("store.fga.yaml"), STORE);
        try (AmNode node = new AmNode(Map.of("mcp.embedded.dir", directory.toString()))) {
            OpenFgaProvider latest = node.create("{\"mode\":\"embedded\",\"storeFile\":\"store.fga.yaml\"}");
            OpenFgaProvider missing = node.create("{\"mode\":\"embedded\",\"storeFile\":\"store.fga.yaml\","
                    + "\"authorizationModelId\":\"01ARZ3NDEKTSV4RRFFQ69G5FAV\"}");

            assertThat(check(latest, "alice").decision()).isTrue();
            assertThat(missing.validate().failedMessage()).contains("01ARZ3NDEKTSV4RRFFQ69G5FAV");
            assertThat(check(missing, "alice").decision()).isFalse();
            latest.stop();
            missing.stop();
        }
    }

    @Test
    void saysWhatIsWrongWithAStoreFileAndDeniesMeanwhile() throws IOException {
        Files.writeString(directory.resolve("store.fga.yaml"), STORE.replace("type tool", "typ tool"));
        try (AmNode node = new AmNode(Map.of("mcp.embedded.dir", directory.toString()))) {
            OpenFgaProvider provider = node.create("{\"mode\":\"embedded\",\"storeFile\":\"store.fga.yaml\"}");

            assertThat(provider.validate().failedMessage()).contains("store.fga.yaml", "line");
            assertThat(check(provider, "alice").context()).containsEntry("reason_code", "engine_unavailable");
            provider.close();
        }
    }

    @Test
    void takesAStoreFileInThatIsMendedAfterTheStart() throws Exception {
        Path file = directory.resolve("store.fga.yaml");
        Files.writeString(file, STORE.replace("type tool", "typ tool"));
        try (AmNode node = new AmNode(Map.of("mcp.embedded.dir", directory.toString()))) {
            OpenFgaProvider provider = node.create("{\"mode\":\"embedded\",\"storeFile\":\"store.fga.yaml\"}");
            assertThat(check(provider, "alice").decision()).isFalse();

            Files.writeString(file, STORE);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> check(provider, "alice").decision());

            assertThat(provider.validate().succeeded()).isTrue();
            provider.stop();
        }
    }

    private static AuthorizationEngineResponse check(OpenFgaProvider provider, String user) {
        return provider.check(new AuthorizationEngineRequest(
                        new AuthorizationEngineRequest.Subject("user", user, Map.of()),
                        new AuthorizationEngineRequest.Resource("tool", "pay", Map.of()),
                        new AuthorizationEngineRequest.Action("can_call", Map.of()),
                        null))
                .blockingGet();
    }
}
