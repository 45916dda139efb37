package io.mcpaccess.sandbox;

import static io.mcpaccess.sandbox.OAuthClient.basic;
import static io.mcpaccess.sandbox.OAuthClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Questions in the shape of COAZ's default mappings, with AM's own tokens: the token's sub is the subject's id. */
class CoazShapeIT {
    private static final String BILLING = "http://127.0.0.1:9100/mcp";
    private static SandboxServer sandbox;
    private static String alices;
    private static String bobs;

    private final TestBrowser machine = new TestBrowser();

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("store.fga.yaml"), """
                model: |
                  model
                    schema 1.1
                  type user
                  type mcp_server
                    relations
                      define can_list: [user]
                  type tool
                    relations
                      define can_call: [user]
                  type resource
                    relations
                      define can_read: [user]
                  type prompt
                    relations
                      define can_read: [user]
                  type task
                    relations
                      define can_manage: [user]
                tuples:
                  - {user: "user:alice", relation: can_list, object: "mcp_server:billing-mcp"}
                  - {user: "user:alice", relation: can_call, object: "tool:list_invoices"}
                  - {user: "user:alice", relation: can_call, object: "tool:refund"}
                  - {user: "user:alice", relation: can_read, object: "resource:billing-mcp/file%3A///invoices/1.pdf"}
                  - {user: "user:alice", relation: can_read, object: "prompt:billing-mcp/dunning_letter"}
                  - {user: "user:alice", relation: can_manage, object: "task:billing-mcp/t-1"}
                """);
        String yaml = """
                gateway: {port: 0}
                management: {port: 0}
                domains:
                  - id: demo
                    users:
                      - {username: alice, password: wonderland}
                      - {username: bob, password: builder}
                    scopes:
                      - {key: "invoices:read", name: Read invoices, description: See your invoices}
                      - {key: "invoices:write", name: Write invoices, description: Change your invoices}
                    applications:
                      - {clientId: agent, clientSecret: s2, redirectUris: ["http://127.0.0.1:9999/callback"],
                         grantTypes: [authorization_code, client_credentials], scopes: [openid]}
                    protectedResources:
                      - {name: billing, clientId: billing-mcp, clientSecret: s2, resourceIdentifiers: ["http://127.0.0.1:9100/mcp"],
                         features: [{type: MCP_TOOL, key: list_invoices, description: List, scopes: ["invoices:read"]},
                                    {type: MCP_TOOL, key: refund, description: Refund, scopes: ["invoices:write"]}]}
                      - {name: crm, clientId: crm-mcp, clientSecret: s2, resourceIdentifiers: ["http://127.0.0.1:9200/mcp"],
                         features: [{type: MCP_TOOL, key: find, description: Find, scopes: []}]}
                    authorizationEngine:
                      type: openfga
                      name: engine
                      configuration:
                        mode: embedded
                        storeFile: store.fga.yaml
                        actionAliases:
                          - {action: tools/list, relation: can_list}
                          - {action: resources/list, relation: can_list}
                          - {action: prompts/list, relation: can_list}
                          - {action: tasks/list, relation: can_list}
                          - {action: initialize, relation: can_list}
                          - {action: logging/setLevel, relation: can_list}
                          - {action: resources/read, relation: can_read}
                          - {action: resources/subscribe, relation: can_read}
                          - {action: resources/unsubscribe, relation: can_read}
                          - {action: prompts/get, relation: can_read}
                          - {action: completion/complete, relation: can_read}
                          - {action: tasks/get, relation: can_manage}
                          - {action: tasks/result, relation: can_manage}
                """;
        sandbox = SandboxServer.start(
                Path.of(System.getProperty("repository.root")), folder.resolve("sandbox.yml"), yaml);
        alices = token("alice", "wonderland");
        bobs = token("bob", "builder");
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @ParameterizedTest
    @CsvSource({
        "tools/call, tool, list_invoices",
        "tools/list, mcp_server, http://127.0.0.1:9100/mcp",
        "resources/list, mcp_server, http://127.0.0.1:9100/mcp",
        "prompts/list, mcp_server, http://127.0.0.1:9100/mcp",
        "tasks/list, mcp_server, http://127.0.0.1:9100/mcp",
        "initialize, mcp_server, http://127.0.0.1:9100/mcp",
        "logging/setLevel, mcp_server, http://127.0.0.1:9100/mcp",
        "resources/read, resource, file:///invoices/1.pdf",
        "resources/subscribe, resource, file:///invoices/1.pdf",
        "resources/unsubscribe, resource, file:///invoices/1.pdf",
        "prompts/get, prompt, dunning_letter",
        "completion/complete, prompt, dunning_letter",
        "completion/complete, resource, file:///invoices/1.pdf",
        "tasks/get, task, t-1",
        "tasks/result, task, t-1",
    })
    void everyMappedMethodIsAllowedToHerWhoHoldsThePermissionAndDeniedToHimWhoDoesNot(
            String method, String type, String id) {
        for (String caller : new String[] {"billing-mcp", "agent"}) {
            JsonNode allowed = ask(caller, question(alices, method, type, id));
            assertThat(allowed.path("decision").asBoolean())
                    .as(allowed.toString())
                    .isTrue();
            assertThat(allowed.at("/context/layers").toString()).isEqualTo("[\"token\",\"scope\",\"permission\"]");
            assertThat(reason(caller, question(bobs, method, type, id))).isEqualTo("permission_denied");
        }
    }

    @Test
    void aMappedMethodWithoutAnAliasIsRefused() {
        assertThat(reason("billing-mcp", question(alices, "tasks/cancel", "task", "t-1")))
                .isEqualTo("model_mismatch");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"server/discover", "subscriptions/listen", "tasks/update", "resources/templates/list", "ping"})
    void aMethodWithoutAMappingIsDenied(String method) {
        assertThat(reason("billing-mcp", question(alices, method, "mcp_server", BILLING)))
                .isEqualTo("method_unmapped");
    }

    @Test
    void scopesAudienceSubjectAndLifeOfTheTokenAreCheckedAsEver() {
        assertThat(reason("billing-mcp", question(alices, "tools/call", "tool", "refund")))
                .isEqualTo("scope_missing");
        assertThat(reason("crm-mcp", question(alices, "tools/list", "mcp_server", "http://127.0.0.1:9200/mcp")))
                .isEqualTo("audience_mismatch");
        assertThat(reason("billing-mcp", question(alices, "tools/list", "mcp_server", "http://127.0.0.1:9200/mcp")))
                .isEqualTo("audience_mismatch");
        String bobWithHerToken =
                question(alices, "prompts/get", "prompt", "dunning_letter").replace(sub(alices), sub(bobs));
        assertThat(reason("billing-mcp", bobWithHerToken)).isEqualTo("subject_mismatch");
        assertThat(reason(
                        "billing-mcp",
                        question(alices, "tools/list", "mcp_server", BILLING).replace(alices, "x")))
                .isEqualTo("token_inactive");
    }

    @Test
    void aBatchMixesBothShapes() {
        String plain = "{\"subject\":{\"type\":\"user\",\"id\":\"alice\"},\"action\":{\"name\":\"tools/call\"},"
                + "\"resource\":{\"type\":\"tool\",\"id\":\"list_invoices\"},\"context\":{\"access_token\":\"" + alices
                + "\"}}";
        JsonNode answers = send(
                "billing-mcp",
                "/evaluations",
                "{\"evaluations\":[" + plain + "," + question(alices, "tools/call", "tool", "list_invoices") + ","
                        + question(alices, "tasks/update", "task", "t-1") + "]}");

        assertThat(answers.findValuesAsText("reason_code"))
                .containsExactly("permitted", "permitted", "method_unmapped");
    }

    private static String question(String token, String method, String type, String id) {
        return "{\"subject\":{\"type\":\"identity\",\"id\":\"" + sub(token) + "\"},\"action\":{\"name\":\"" + method
                + "\"},\"resource\":{\"type\":\"" + type + "\",\"id\":\"" + id
                + "\"},\"context\":{\"agent\":\"agent\",\"access_token\":\"" + token + "\"}}";
    }

    private String reason(String caller, String question) {
        return ask(caller, question).at("/context/reason_code").asText();
    }

    private JsonNode ask(String caller, String question) {
        return send(caller, "/evaluation", question);
    }

    private JsonNode send(String caller, String path, String body) {
        return json(machine.send(HttpRequest.newBuilder(URI.create(sandbox.gateway() + "/demo/access/v1" + path))
                .header("Authorization", basic(caller, "s2"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build()));
    }

    private static String sub(String token) {
        return OAuthClient.claims(token).path("sub").asText();
    }

    private static String token(String username, String password) {
        OAuthClient agent =
                new OAuthClient(sandbox.gateway() + "/demo", "agent", "s2", "http://127.0.0.1:9999/callback");
        String code = agent.code(new TestBrowser(), username, password, "openid invoices:read", BILLING);
        return json(agent.exchange(code)).path("access_token").asText();
    }
}
