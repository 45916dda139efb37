package io.mcpaccess.engine.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gravitee.am.management.service.PermissionService;
import io.gravitee.am.model.AuthorizationEngine;
import io.gravitee.am.repository.management.api.AuthorizationEngineRepository;
import io.gravitee.am.service.AuditService;
import io.mcpaccess.contract.AuditEntry;
import io.mcpaccess.engine.OpenFgaProvider;
import io.mcpaccess.engine.testing.AmNode;
import io.mcpaccess.openfga.server.testing.Patience;
import io.mcpaccess.openfga.testing.OpenFgaServer;
import io.mcpaccess.openfga.testing.OpenFgaStores;
import io.mcpaccess.registry.testing.ManagementApi;
import io.reactivex.rxjava3.core.Maybe;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OpenFgaServer.class)
class ConsoleResourceTest {

    private static final String MODEL = """
            model
              schema 1.1
            type user
            type tool
              relations
                define can_call: [user]
            """;
    private static final String ALICE_PAYS =
            "{\"user\":\"user:alice\",\"relation\":\"can_call\",\"object\":\"tool:pay\"}";

    private final List<AuditEntry> audits = new CopyOnWriteArrayList<>();
    private final OpenFgaStores stores;
    private boolean auditFails;
    private AmNode node;
    private String store;
    private OpenFgaProvider provider;
    private ManagementApi api;

    ConsoleResourceTest(OpenFgaStores stores) {
        this.stores = stores;
    }

    @BeforeEach
    void serve() {
        AuditService audit = builder -> {
            if (auditFails) {
                throw new IllegalStateException("The audit log is full");
            }
            audits.add(builder.toContractEntry());
        };
        node = new AmNode(Map.of(), new PermissionService(), engines("domain-1", "engine-1"), audit);
        store = stores.createStore(MODEL);
        start(configuration(store));
    }

    private void start(String configuration) {
        provider = node.create(configuration);
        api = new ManagementApi(provider.getManagementResource().orElseThrow());
    }

    private String configuration(String storeId) {
        return "{\"connectionUri\":\"" + stores.url() + "\",\"storeId\":\"" + storeId + "\"" + Patience.MEMBERS + "}";
    }

    @AfterEach
    void stop() throws Exception {
        provider.stop();
        node.close();
    }

    @Test
    void attack_aMisspeltConditionDoesNotMakeAPermissionUnconditional() {
        for (String more : List.of(
                "\"Condition\":{\"name\":\"business_hours\"}",
                "\"conditions\":{\"name\":\"business_hours\"}",
                "\"condition\":{\"name\":\"business_hours\",\"contxt\":{}}")) {
            ManagementApi.Answer answer =
                    api.call("POST", "domain-1", "tuples", ALICE_PAYS.replace("}", "," + more + "}"));

            assertThat(answer.statusCode()).as(more).isEqualTo(400);
            assertThat(answer.body()).as(more).containsPattern("has no '(Condition|conditions|contxt)'");
        }
    }

    @Test
    void attack_aConditionThatIsNoneDoesNotMakeAPermissionUnconditional() {
        for (String condition : List.of("\"business_hours\"", "[]", "true", "{}")) {
            ManagementApi.Answer answer = api.call(
                    "POST", "domain-1", "tuples", ALICE_PAYS.replace("}", ",\"condition\":" + condition + "}"));

            assertThat(answer.statusCode()).as(condition).isEqualTo(400);
        }
        assertThat(json(api.call("GET", "domain-1", "tuples", null)).path("data"))
                .isEmpty();
    }

    @Test
    void questionsGetTheTimeOfTheEngineUnlessTheyBringOne() {
        stores.addModel(store, MODEL.replace("[user]", "[user, user with until]") + """
                condition until(current_time: timestamp, end: timestamp) {
                  current_time < end
                }
                """);
        String condition = ",\"condition\":{\"name\":\"until\",\"context\":{\"end\":\"2026-01-01T00:00:00Z\"}}}";
        api.call("POST", "domain-1", "tuples", ALICE_PAYS.replace("}", condition));
        String before = ALICE_PAYS.replace("}", ",\"context\":{\"current_time\":\"2025-01-01T00:00:00Z\"}}");

        JsonNode why = json(api.call("POST", "domain-1", "explain", ALICE_PAYS));

        assertThat(why.path("reason_code").asText()).isEqualTo("condition_failed");
        assertThat(why.at("/conditions/0/expired_at").asText()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(json(api.call("POST", "domain-1", "check", ALICE_PAYS))
                        .at("/context/reason_code")
                        .asText())
                .isEqualTo("permission_denied");
        assertThat(json(api.call("POST", "domain-1", "check", before))
                        .path("allowed")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void describesTheStore() {
        ManagementApi.Answer answer = api.call("GET", "domain-1", "store", null);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).path("id").asText()).isEqualTo(store);
        assertThat(json(answer).path("storeId").asText()).isEqualTo(store);
        assertThat(json(answer).path("name").asText()).isEqualTo("test");
    }

    @Test
    void listsAndAddsModels() {
        ManagementApi.Answer page = api.call("GET", "domain-1", "authorization-models?pageSize=50", null);
        JsonNode first = json(page).path("data").path(0);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(first.path("schema_version").asText()).isEqualTo("1.1");
        assertThat(json(page).path("info").has("continuationToken")).isTrue();

        ManagementApi.Answer added = api.call(
                "POST",
                "domain-1",
                "authorization-models",
                first.toString()
                        .replace("schema_version", "schemaVersion")
                        .replace("type_definitions", "typeDefinitions")
                        .replace("directly_related_user_types", "directlyRelatedUserTypes"));

        assertThat(added.statusCode()).isEqualTo(201);
        assertThat(json(added).path("authorizationModelId").asText())
                .hasSize(26)
                .isNotEqualTo(first.path("id").asText());
        assertThat(json(api.call("GET", "domain-1", "authorization-models", null))
                        .path("data"))
                .hasSize(2);
    }

    @Test
    void pagesThroughModels() {
        api.call(
                "POST",
                "domain-1",
                "authorization-models",
                json(api.call("GET", "domain-1", "authorization-models", null))
                        .path("data")
                        .path(0)
                        .toString());
        JsonNode first = json(api.call("GET", "domain-1", "authorization-models?pageSize=1", null));
        String token = first.path("info").path("continuationToken").asText();
        JsonNode second =
                json(api.call("GET", "domain-1", "authorization-models?pageSize=1&continuationToken=" + token, null));

        assertThat(second.path("data")).hasSize(1);
        assertThat(second.path("data").path(0).path("id"))
                .isNotEqualTo(first.path("data").path(0).path("id"));
    }

    @Test
    void writesListsChecksAndDeletesTuples() {
        assertThat(allowed()).isFalse();
        assertThat(api.call("POST", "domain-1", "tuples", ALICE_PAYS).statusCode())
                .isEqualTo(201);
        assertThat(allowed()).isTrue();

        ManagementApi.Answer page = api.call("GET", "domain-1", "tuples?pageSize=10", null);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(json(page).path("data").toString()).isEqualTo("[" + ALICE_PAYS + "]");
        assertThat(json(page).path("info").path("continuationToken").isNull()).isTrue();

        ManagementApi.Answer deleted = api.call("DELETE", "domain-1", "tuples", ALICE_PAYS);
        assertThat(deleted.statusCode()).isEqualTo(204);
        assertThat(deleted.body()).isEmpty();
        assertThat(allowed()).isFalse();
    }

    @Test
    void auditsEveryWriteWithItsAuthor() {
        api.call("POST", "domain-1", "tuples", ALICE_PAYS);
        api.call("POST", "domain-1", "tuples", ALICE_PAYS);
        api.call("DELETE", "domain-1", "tuples", ALICE_PAYS);
        api.call("GET", "domain-1", "tuples", null);

        assertThat(audits)
                .extracting(AuditEntry::type)
                .containsExactly(
                        "AUTHORIZATION_TUPLE_ADDED", "AUTHORIZATION_TUPLE_ADDED", "AUTHORIZATION_TUPLE_DELETED");
        AuditEntry first = audits.get(0);
        assertThat(first.actorName()).isEqualTo("admin");
        assertThat(first.reference().id()).isEqualTo("domain-1");
        assertThat(first.targetId()).isEqualTo("engine-1");
        assertThat(first.newValue()).containsEntry("user", "user:alice").containsEntry("store", store);
        assertThat(first.throwable()).isNull();
        assertThat(audits.get(1).throwable()).hasMessageContaining("already exists");
    }

    @Test
    void aWriteThatCannotBeAuditedIsStillAnsweredAsDone() {
        auditFails = true;

        assertThat(api.call("POST", "domain-1", "tuples", ALICE_PAYS).statusCode())
                .isEqualTo(201);
        assertThat(api.call("DELETE", "domain-1", "tuples", ALICE_PAYS).statusCode())
                .isEqualTo(204);
    }

    @Test
    void refusesBadInputAndSaysWhy() {
        assertError(api.call("POST", "domain-1", "tuples", ALICE_PAYS.replace("can_call", "can_fly")), 400, "can_fly");
        assertError(api.call("POST", "domain-1", "tuples", "{\"user\":\"user:alice\"}"), 400, "'relation'");
        assertError(api.call("POST", "domain-1", "tuples", "{\"user\":"), 400, "line 1");
        assertError(api.call("POST", "domain-1", "tuples", null), 400, "JSON object");
        assertError(api.call("DELETE", "domain-1", "tuples", ALICE_PAYS), 400, "does not exist");
        assertError(api.call("POST", "domain-1", "authorization-models", "{}"), 400, "TypeDefinitions");
        assertError(api.call("GET", "domain-1", "tuples?pageSize=many", null), 400, "pageSize");
        assertError(api.call("GET", "domain-1", "tuples?continuationToken=nonsense", null), 400, "continuation token");
    }

    @Test
    void case28_isNotThereForAnotherDomain() {
        for (String path : List.of("store", "authorization-models", "tuples", "health")) {
            assertError(api.call("GET", "domain-2", path, null), 404, "no such authorization engine");
        }
        for (String path : List.of("authorization-models", "tuples", "check")) {
            assertError(api.call("POST", "domain-2", path, ALICE_PAYS), 404, "no such authorization engine");
        }
        assertError(api.call("DELETE", "domain-2", "tuples", ALICE_PAYS), 404, "no such authorization engine");
        assertThat(audits).isEmpty();
    }

    @Test
    void neverHandsOnOpenFgasNotFound() throws Exception {
        provider.stop();
        start(configuration("01ARZ3NDEKTSV4RRFFQ69G5FAV"));

        assertError(api.call("GET", "domain-1", "store", null), 502, "no such store");
    }

    @Test
    void explainsADecision() {
        ManagementApi.Answer denied = api.call("POST", "domain-1", "explain", ALICE_PAYS);
        assertThat(denied.statusCode()).isEqualTo(200);
        assertThat(json(denied).path("allowed").asBoolean(true)).isFalse();
        assertThat(json(denied).path("missing").toString()).contains("user:alice");

        api.call("POST", "domain-1", "tuples", ALICE_PAYS);
        ManagementApi.Answer allowed = api.call("POST", "domain-1", "explain", ALICE_PAYS);
        assertThat(json(allowed).path("allowed").asBoolean()).isTrue();
        assertThat(json(allowed).path("complete").asBoolean()).isTrue();

        assertError(api.call("POST", "domain-2", "explain", ALICE_PAYS), 404, "no such authorization engine");
        assertError(api.call("POST", "domain-1", "explain", "{}"), 400, "'user'");
    }

    @Test
    void tellsItsHealth() throws Exception {
        JsonNode health = json(api.call("GET", "domain-1", "health", null));
        assertThat(health.path("reachable").asBoolean()).isTrue();
        assertThat(health.path("modelId").asText()).hasSize(26);
        assertThat(health.path("permissionMode").asText()).isEqualTo("enforce");
        assertThat(health.path("shadowServers")).isEmpty();
        assertThat(health.path("warnings")).isEmpty();

        provider.stop();
        start("{\"connectionUri\":\"http://127.0.0.1:1\",\"storeId\":\"" + store + "\"}");
        ManagementApi.Answer down = api.call("GET", "domain-1", "health", null);
        assertThat(down.statusCode()).isEqualTo(200);
        assertThat(json(down).path("reachable").asBoolean()).isFalse();
        assertError(api.call("POST", "domain-1", "check", ALICE_PAYS), 503, "no connection");
        assertError(api.call("GET", "domain-1", "tuples", null), 503, "no connection");
    }

    @Test
    void shadowModeStandsInItsHealth() throws Exception {
        provider.stop();
        start(configuration(store).replaceFirst("}$", ",\"shadowServers\":[\"crm\",\"billing\"]}"));
        JsonNode some = json(api.call("GET", "domain-1", "health", null));
        assertThat(some.path("permissionMode").asText()).isEqualTo("enforce");
        assertThat(some.path("shadowServers").toString()).isEqualTo("[\"billing\",\"crm\"]");
        assertThat(some.path("warnings").path(0).asText()).contains("shadow mode for the MCP servers billing, crm");

        provider.stop();
        start(configuration(store).replaceFirst("}$", ",\"permissionMode\":\"shadow\"}"));
        JsonNode all = json(api.call("GET", "domain-1", "health", null));
        assertThat(all.path("permissionMode").asText()).isEqualTo("shadow");
        assertThat(all.path("warnings").path(0).asText()).contains("every MCP server of the domain");
    }

    private boolean allowed() {
        ManagementApi.Answer answer = api.call("POST", "domain-1", "check", ALICE_PAYS);
        assertThat(answer.statusCode()).isEqualTo(200);
        return json(answer).path("allowed").asBoolean();
    }

    private static void assertError(ManagementApi.Answer answer, int status, String words) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(json(answer).path("http_status").asInt()).isEqualTo(status);
        assertThat(json(answer).path("message").asText()).contains(words);
    }

    private static JsonNode json(ManagementApi.Answer answer) {
        try {
            return new ObjectMapper().readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError(answer.body(), e);
        }
    }

    private static AuthorizationEngineRepository engines(String domain, String engine) {
        return (AuthorizationEngineRepository) Proxy.newProxyInstance(
                ConsoleResourceTest.class.getClassLoader(),
                new Class<?>[] {AuthorizationEngineRepository.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "findByDomainAndId" ->
                        domain.equals(arguments[0]) && engine.equals(arguments[1])
                                ? Maybe.just(new AuthorizationEngine()).delay(20, TimeUnit.MILLISECONDS)
                                : Maybe.empty();
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == arguments[0];
                    case "toString" -> "engines";
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
