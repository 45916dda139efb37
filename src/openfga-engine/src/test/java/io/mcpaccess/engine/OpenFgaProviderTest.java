package io.mcpaccess.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.gravitee.am.authorizationengine.api.model.AuthorizationEngineRequest;
import io.gravitee.am.authorizationengine.api.model.AuthorizationEngineResponse;
import io.gravitee.am.common.plugin.ValidationResult;
import io.mcpaccess.core.authzen.Action;
import io.mcpaccess.core.authzen.EvaluationRequest;
import io.mcpaccess.core.authzen.Resource;
import io.mcpaccess.core.authzen.Subject;
import io.mcpaccess.core.spi.EngineOperations;
import io.mcpaccess.core.spi.EngineSpiClient;
import io.mcpaccess.engine.testing.AmNode;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.openfga.server.testing.Patience;
import io.mcpaccess.openfga.testing.OpenFgaServer;
import io.mcpaccess.openfga.testing.OpenFgaStores;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.context.support.GenericApplicationContext;

@ExtendWith(OpenFgaServer.class)
class OpenFgaProviderTest {

    private static final String MODEL = """
        model
          schema 1.1
        type user
        type tool
          relations
            define owner: [user]
            define can_call: [user] or owner
        """;

    private final OpenFgaStores stores;
    private final AmNode node = new AmNode(Map.of());
    private String store;
    private OpenFgaProvider provider;

    OpenFgaProviderTest(OpenFgaStores stores) {
        this.stores = stores;
    }

    @BeforeEach
    void create() {
        store = stores.createStore(MODEL);
        provider = node.create(configuration(store, ""));
    }

    @AfterEach
    void stop() throws Exception {
        provider.stop();
        node.close();
    }

    private String configuration(String storeId, String more) {
        return "{\"connectionUri\":\"" + stores.url() + "\",\"storeId\":\"" + storeId + "\",\"apiToken\":\"\""
                + Patience.MEMBERS + more + "}";
    }

    @Test
    void answersAmWithDecisionAndReason() {
        stores.write(store, new TupleKey("user:alice", "can_call", "tool:pay"));

        assertThat(check("alice", "can_call", "pay").decision()).isTrue();
        assertThat(check("alice", "tools/call", "pay").decision()).isTrue();
        assertThat(check("bob", "can_call", "pay"))
                .isEqualTo(new AuthorizationEngineResponse(false, Map.of("reason_code", "permission_denied")));
        assertThat(check("alice", "can_fly", "pay").context()).containsEntry("reason_code", "model_mismatch");
    }

    @Test
    void case17_neverPutsAUsersetBeforeOpenFga() {
        AuthorizationEngineResponse answer = provider.check(new AuthorizationEngineRequest(
                        new AuthorizationEngineRequest.Subject("tool", "pay#can_call", null),
                        new AuthorizationEngineRequest.Resource("tool", "pay", null),
                        new AuthorizationEngineRequest.Action("can_call", null),
                        null))
                .blockingGet();

        assertThat(answer.decision()).isFalse();
        assertThat(answer.context()).containsEntry("reason_code", "invalid_identifier");
    }

    @Test
    void decidesABatchThroughTheSpi() {
        stores.write(store, new TupleKey("user:alice", "can_call", "tool:pay"));
        EngineOperations spi = EngineSpiClient.of(provider).orElseThrow();

        assertThat(spi.evaluations(
                                List.of(question("alice", "pay"), question("alice", "p*y"), question("alice", "print")))
                        .toCompletableFuture()
                        .join())
                .extracting(decision -> decision.context().get("reason_code"))
                .containsExactly("permitted", "invalid_identifier", "permission_denied");
    }

    @Test
    void searchesThroughTheSpiAndDecodesWhatItFinds() {
        stores.write(
                store,
                new TupleKey("user:a%3Ab", "owner", "tool:pay"),
                new TupleKey("user:a%3Ab", "can_call", "tool:print"));
        EngineOperations spi = EngineSpiClient.of(provider).orElseThrow();
        Subject subject = new Subject("user", "a:b", Map.of());
        Resource pay = new Resource("tool", "pay", Map.of());
        Action call = new Action("can_call", Map.of());

        assertThat(spi.searchSubjects("user", call, pay, Map.of())
                        .toCompletableFuture()
                        .join()
                        .results())
                .containsExactly(Map.of("type", "user", "id", "a:b"));
        assertThat(spi.searchResources(subject, call, "tool", Map.of())
                        .toCompletableFuture()
                        .join()
                        .results())
                .containsExactlyInAnyOrder(Map.of("type", "tool", "id", "pay"), Map.of("type", "tool", "id", "print"));
        assertThat(spi.searchActions(subject, pay, Map.of())
                        .toCompletableFuture()
                        .join()
                        .results())
                .containsExactlyInAnyOrder(Map.of("name", "owner"), Map.of("name", "can_call"));
    }

    @Test
    void theServersConditionsHaveTheEnginesClock() throws Exception {
        String clocked = stores.createStore("""
                model
                  schema 1.1
                type user
                type tool
                  relations
                    define can_call: [user with until]
                condition until(current_time: timestamp, valid_until: timestamp) {
                  current_time < valid_until
                }
                """);
        grant(clocked, "alice", "2999-01-01T00:00:00Z");
        grant(clocked, "bob", "2021-01-01T00:00:00Z");
        OpenFgaProvider other = node.create(configuration(clocked, ""));
        EngineOperations spi = EngineSpiClient.of(other).orElseThrow();
        Map<String, Object> past = Map.of("current_time", "2020-01-01T00:00:00Z");

        assertThat(spi.evaluations(List.of(
                                question("alice", "pay"),
                                question("bob", "pay"),
                                new EvaluationRequest(
                                        Subject.of("user", "bob"),
                                        Action.of("can_call"),
                                        Resource.of("tool", "pay"),
                                        past)))
                        .toCompletableFuture()
                        .join())
                .extracting(decision -> decision.context().get("reason_code"))
                .containsExactly("permitted", "permission_denied", "permission_denied");
        other.stop();
    }

    private void grant(String target, String user, String until) {
        Map<String, Object> tuple = Map.of(
                "user",
                "user:" + user,
                "relation",
                "can_call",
                "object",
                "tool:pay",
                "condition",
                Map.of("name", "until", "context", Map.of("valid_until", until)));
        stores.post("/stores/" + target + "/write", Map.of("writes", Map.of("tuple_keys", List.of(tuple))));
    }

    @Test
    void saysHowLongItMayTake() throws Exception {
        OpenFgaProvider slow =
                node.create(configuration(store, "").replace("\"deadlineMillis\":10000", "\"deadlineMillis\":2500"));

        var deadline = EngineSpiClient.of(slow)
                .orElseThrow()
                .terms()
                .toCompletableFuture()
                .join()
                .deadline();
        slow.stop();

        assertThat(deadline).hasValue(Duration.ofMillis(2500));
    }

    @Test
    void handsOutTheAccessSettings() throws Exception {
        OpenFgaProvider strict = node.create(
                configuration(store, ",\"scopeCheck\":\"required\",\"toolObject\":\"tool:{server}/{tool}\""));

        var settings = EngineSpiClient.of(strict)
                .orElseThrow()
                .terms()
                .toCompletableFuture()
                .join()
                .access();
        strict.stop();

        assertThat(settings.scopeCheck().wireName()).isEqualTo("required");
        assertThat(settings.toolObject().isQualified()).isTrue();
    }

    @Test
    void findsNothingWrongWithAGoodConfiguration() {
        assertThat(provider.validate()).isEqualTo(ValidationResult.valid());
    }

    @Test
    void letsAnAdministratorStartWithAStoreThatHasNoModel() throws Exception {
        OpenFgaProvider empty = node.create(configuration(stores.createStore(), ""));

        assertThat(empty.validate().succeeded()).isTrue();
        assertThat(empty.validate().additionalInformation()).containsKey("warnings");
        empty.close();
    }

    @Test
    void tellsAnAdministratorWhatIsWrong() {
        assertThat(whatIsWrong(configuration("01ARZ3NDEKTSV4RRFFQ69G5FAV", ""))).contains("no such store");
        assertThat(whatIsWrong(configuration(store, ",\"authorizationModelId\":\"01ARZ3NDEKTSV4RRFFQ69G5FAV\"")))
                .contains("no such authorization model");
        assertThat(whatIsWrong("{\"connectionUri\":\"http://127.0.0.1:1\",\"storeId\":\"" + store + "\"}"))
                .contains("no connection");
        assertThat(whatIsWrong("{\"connectionUri\":\"http://nowhere.invalid\",\"storeId\":\"" + store + "\"}"))
                .contains("host name");
        assertThat(whatIsWrong("{\"connectionUri\":\"" + stores.url().toString().replace("http", "https")
                        + "\",\"connectTimeoutMillis\":5000,\"storeId\":\"" + store + "\"}"))
                .contains("TLS");
        assertThat(whatIsWrong("{\"connectionUri\":\"ftp://x\",\"storeId\":\"s\"}"))
                .contains("connectionUri");
        assertThat(whatIsWrong("{\"mode\":\"embedded\",\"storeFile\":\"../secrets.yaml\"}"))
                .contains("storeFile");
        assertThat(whatIsWrong("{}")).contains("connectionUri is missing");
    }

    @Test
    void isUnavailableWithWrongSettingsInsteadOfMissing() throws Exception {
        OpenFgaProvider wrong = node.create("{\"mode\":\"elsewhere\"}");

        AuthorizationEngineResponse answer =
                wrong.check(request("alice", "can_call", "pay")).blockingGet();
        wrong.close();

        assertThat(answer.decision()).isFalse();
        assertThat(answer.context()).containsEntry("reason_code", "engine_unavailable");
    }

    @Test
    void closesNoContextThatIsNotItsOwn() {
        try (GenericApplicationContext root = new GenericApplicationContext();
                GenericApplicationContext others = new GenericApplicationContext(root)) {
            root.refresh();
            others.refresh();

            new OpenFgaProvider(new OpenFgaConfiguration(), others).unregister();

            assertThat(others.isActive()).isTrue();
        }
    }

    @Test
    void isUnavailableOnceStopped() throws Exception {
        provider.stop();

        assertThat(check("alice", "can_call", "pay").context()).containsEntry("reason_code", "engine_unavailable");
    }

    private String whatIsWrong(String configuration) {
        OpenFgaProvider made = node.create(configuration);
        try {
            ValidationResult result = made.validate();
            assertThat(result.succeeded()).as(configuration).isFalse();
            return result.failedMessage();
        } finally {
            made.unregister();
        }
    }

    private AuthorizationEngineResponse check(String user, String action, String tool) {
        return provider.check(request(user, action, tool)).blockingGet();
    }

    private static AuthorizationEngineRequest request(String user, String action, String tool) {
        return new AuthorizationEngineRequest(
                new AuthorizationEngineRequest.Subject("user", user, Map.of()),
                new AuthorizationEngineRequest.Resource("tool", tool, Map.of()),
                new AuthorizationEngineRequest.Action(action, Map.of()),
                new AuthorizationEngineRequest.Context(Map.of("access_token", "never")));
    }

    private static EvaluationRequest question(String user, String tool) {
        return EvaluationRequest.of(
                new Subject("user", user, Map.of()),
                new Action("can_call", Map.of()),
                new Resource("tool", tool, Map.of()));
    }
}
