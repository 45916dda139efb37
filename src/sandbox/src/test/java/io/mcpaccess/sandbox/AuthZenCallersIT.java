package io.mcpaccess.sandbox;

import static io.mcpaccess.sandbox.OAuthClient.basic;
import static io.mcpaccess.sandbox.OAuthClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may ask AuthZEN questions, with AM's own tokens and secrets, and what the token layers say. */
class AuthZenCallersIT {
    private static final String BILLING = "http://127.0.0.1:9100/mcp";
    private static final String CALLBACK = "http://127.0.0.1:9999/callback";
    private static SandboxServer sandbox;

    private final TestBrowser machine = new TestBrowser();
    private final OAuthClient agent = new OAuthClient(sandbox.gateway() + "/demo", "agent", "s3cret", CALLBACK);

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("store.fga.yaml"), """
                model: |
                  model
                    schema 1.1
                  type user
                  type tool
                    relations
                      define can_call: [user]
                tuples:
                  - {user: "user:alice", relation: can_call, object: "tool:list_invoices"}
                  - {user: "user:alice", relation: can_call, object: "tool:refund"}
                """);
        // A store belongs to one domain.
        Files.copy(folder.resolve("store.fga.yaml"), folder.resolve("second.fga.yaml"));
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
                      - {clientId: agent, clientSecret: s3cret, redirectUris: ["http://127.0.0.1:9999/callback"],
                         grantTypes: [authorization_code, client_credentials], scopes: [openid]}
                    protectedResources:
                      - {name: billing, clientId: billing-mcp, clientSecret: s2, resourceIdentifiers: ["http://127.0.0.1:9100/mcp"],
                         features: [{type: MCP_TOOL, key: list_invoices, description: List, scopes: ["invoices:read"]},
                                    {type: MCP_TOOL, key: refund, description: Refund, scopes: ["invoices:write"]}]}
                      - {name: payroll, clientId: payroll-mcp, clientSecret: s3, resourceIdentifiers: ["http://127.0.0.1:9200/mcp"],
                         features: [{type: MCP_TOOL, key: list_salaries, description: List, scopes: []}]}
                    authorizationEngine: {type: openfga, name: engine, configuration: {mode: embedded, storeFile: store.fga.yaml}}
                  - id: other
                    users: [{username: alice, password: wonderland}]
                    applications: [{clientId: agent, clientSecret: s3cret, grantTypes: [client_credentials]}]
                  - id: narrow
                    users: [{username: alice, password: wonderland}]
                    applications:
                      - {clientId: agent, clientSecret: s3cret, grantTypes: [client_credentials]}
                      - {clientId: gateway, clientSecret: s3cret, grantTypes: [client_credentials]}
                    authorizationEngine: {type: openfga, name: engine, configuration: {mode: embedded, storeFile: second.fga.yaml, callers: [gateway]}}
                """;
        sandbox = SandboxServer.start(
                Path.of(System.getProperty("repository.root")), folder.resolve("sandbox.yml"), yaml);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void anApplicationAndAnMcpServerAskWithTheirSecrets() {
        assertThat(ask("demo", basic("agent", "s3cret"), "alice", "list_invoices", null)
                        .statusCode())
                .isEqualTo(200);
        assertThat(ask("demo", basic("billing-mcp", "s2"), "alice", "list_invoices", null)
                        .statusCode())
                .isEqualTo(200);
        assertThat(ask("demo", basic("billing-mcp", "s3"), "alice", "list_invoices", null)
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void check11AClientsOwnTokenAuthenticatesInItsDomainAlone() {
        String token = clientCredentials("demo");
        assertThat(ask("demo", "Bearer " + token, "alice", "list_invoices", null)
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<String> foreign =
                ask("demo", "Bearer " + clientCredentials("other"), "alice", "list_invoices", null);
        assertThat(foreign.statusCode()).isEqualTo(401);
        assertThat(foreign.headers().firstValue("WWW-Authenticate").orElseThrow())
                .startsWith("Bearer");
    }

    @Test
    void check10AUsersTokenAuthenticatesNobody() {
        assertThat(ask("demo", "Bearer " + userToken("alice", "wonderland"), "alice", "list_invoices", null)
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void check36ScopesAreAskedBeforeThePermission() {
        String token = userToken("alice", "wonderland");
        JsonNode allowed = json(ask("demo", basic("billing-mcp", "s2"), "alice", "list_invoices", token));
        assertThat(allowed.path("decision").asBoolean()).as(allowed.toString()).isTrue();
        assertThat(allowed.at("/context/layers").toString()).isEqualTo("[\"token\",\"scope\",\"permission\"]");

        JsonNode refused = json(ask("demo", basic("billing-mcp", "s2"), "alice", "refund", token));
        assertThat(refused.path("decision").asBoolean(true)).isFalse();
        assertThat(refused.at("/context/reason_code").asText()).isEqualTo("scope_missing");
        assertThat(refused.at("/context/layers").toString()).doesNotContain("permission");
    }

    @Test
    void case01_aTokenIsForOneUserAndOneServer() {
        String token = userToken("bob", "builder");
        assertThat(reason(ask("demo", basic("billing-mcp", "s2"), "alice", "list_invoices", token)))
                .isEqualTo("subject_mismatch");
        assertThat(reason(ask("demo", basic("billing-mcp", "s2"), "bob", "list_invoices", token)))
                .isEqualTo("permission_denied");
        assertThat(reason(ask("demo", basic("payroll-mcp", "s3"), "bob", "list_salaries", token)))
                .isEqualTo("audience_mismatch");
        assertThat(reason(ask("demo", basic("billing-mcp", "s2"), "bob", "list_invoices", "garbage")))
                .isEqualTo("token_inactive");
    }

    @Test
    void case19_callersCanBeNarrowedAndAServerAsksAboutItsOwnToolsAlone() {
        assertThat(reason(ask("narrow", basic("agent", "s3cret"), "alice", "list_invoices", null)))
                .isEqualTo("caller_not_allowed");
        assertThat(reason(ask("narrow", basic("gateway", "s3cret"), "alice", "list_invoices", null)))
                .isEqualTo("permitted");
        assertThat(reason(ask("demo", basic("payroll-mcp", "s3"), "alice", "list_invoices", null)))
                .isEqualTo("caller_not_allowed");
    }

    @Test
    void check22MetadataStandAtBothPlaces() {
        JsonNode root = json(machine.get(sandbox.gateway() + "/.well-known/authzen-configuration/demo"));
        assertThat(root.path("policy_decision_point").asText()).isEqualTo(sandbox.gateway() + "/demo");
        assertThat(root.has("search_subject_endpoint")).isTrue();
        assertThat(json(machine.get(sandbox.gateway() + "/demo/.well-known/authzen-configuration")))
                .isEqualTo(root);
        JsonNode without = json(machine.get(sandbox.gateway() + "/.well-known/authzen-configuration/other"));
        assertThat(without.has("search_subject_endpoint")).isFalse();
    }

    @Test
    void aDomainWithoutAnEngineSaysSo() {
        HttpResponse<String> response = ask("other", basic("agent", "s3cret"), "alice", "list_invoices", null);
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(reason(response)).isEqualTo("engine_not_configured");
    }

    private HttpResponse<String> ask(String domain, String authorization, String user, String tool, String token) {
        String body = "{\"subject\":{\"type\":\"user\",\"id\":\"" + user + "\"},\"action\":{\"name\":\"can_call\"},"
                + "\"resource\":{\"type\":\"tool\",\"id\":\"" + tool + "\"}"
                + (token == null ? "" : ",\"context\":{\"access_token\":\"" + token + "\"}") + "}";
        return machine.send(
                HttpRequest.newBuilder(URI.create(sandbox.gateway() + "/" + domain + "/access/v1/evaluation"))
                        .header("Authorization", authorization)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build());
    }

    private static String reason(HttpResponse<String> response) {
        return json(response).at("/context/reason_code").asText();
    }

    private static String clientCredentials(String domain) {
        return json(new OAuthClient(sandbox.gateway() + "/" + domain, "agent", "s3cret", CALLBACK)
                        .token(Map.of("grant_type", "client_credentials")))
                .path("access_token")
                .asText();
    }

    private String userToken(String username, String password) {
        String code = agent.code(new TestBrowser(), username, password, "openid invoices:read", BILLING);
        return json(agent.exchange(code)).path("access_token").asText();
    }
}
