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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shadow mode of a whole domain, of one MCP server, and of a domain whose OpenFGA is down. */
class ShadowModeIT {
    private static final String BILLING = "http://127.0.0.1:9100/mcp";
    private static final String CRM = "http://127.0.0.1:9200/mcp";
    private static final String CALLBACK = "http://127.0.0.1:9999/callback";
    private static SandboxServer sandbox;

    private final TestBrowser machine = new TestBrowser();

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
                """);
        // A store belongs to one domain.
        Files.copy(folder.resolve("store.fga.yaml"), folder.resolve("second.fga.yaml"));
        String yaml = "gateway: {port: 0}\nmanagement: {port: 0}\ndomains:\n"
                + domain("everywhere", "mode: embedded, storeFile: store.fga.yaml, permissionMode: shadow")
                + domain("crm-alone", "mode: embedded, storeFile: second.fga.yaml, shadowServers: [crm-mcp]")
                + domain(
                        "down",
                        "mode: server, connectionUri: \"http://127.0.0.1:1\", storeId: 01ARZ3NDEKTSV4RRFFQ69G5FAV,"
                                + " permissionMode: shadow");
        sandbox = SandboxServer.start(
                Path.of(System.getProperty("repository.root")), folder.resolve("sandbox.yml"), yaml);
    }

    private static String domain(String id, String engine) {
        return """
                  - id: %s
                    users: [{username: alice, password: wonderland}]
                    scopes:
                      - {key: "invoices:read", name: Read invoices, description: See your invoices}
                      - {key: "invoices:write", name: Write invoices, description: Change your invoices}
                    applications:
                      - {clientId: agent, clientSecret: s3cret, redirectUris: ["http://127.0.0.1:9999/callback"],
                         grantTypes: [authorization_code, client_credentials], scopes: [openid]}
                    protectedResources:
                      - {name: billing, clientId: billing-mcp, clientSecret: s2, resourceIdentifiers: ["http://127.0.0.1:9100/mcp"],
                         features: [{type: MCP_TOOL, key: list_invoices, description: List, scopes: ["invoices:read"]},
                                    {type: MCP_TOOL, key: void_invoice, description: Void, scopes: ["invoices:read"]},
                                    {type: MCP_TOOL, key: refund, description: Refund, scopes: ["invoices:write"]}]}
                      - {name: crm, clientId: crm-mcp, clientSecret: s2, resourceIdentifiers: ["http://127.0.0.1:9200/mcp"],
                         features: [{type: MCP_TOOL, key: find_customer, description: Find, scopes: ["invoices:read"]}]}
                    authorizationEngine: {type: openfga, name: engine, configuration: {%s}}
                """.formatted(id, engine);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void aCallThatThePermissionRefusesGoesOnAndIsTakenDownOnceAsThat() {
        int before = audits("everywhere").size();
        String token = token("everywhere", BILLING);

        JsonNode answer = json(ask("everywhere", "billing-mcp", "/evaluation", question("void_invoice", token)));

        assertThat(answer).isEqualTo(json("""
                {"decision": true, "context": {"reason_code": "shadowed", "layers": ["token", "scope"],
                                               "shadow": {"reason_code": "permission_denied"}}}"""));
        assertThat(audits("everywhere")).hasSize(before + 1);
        JsonNode outcome = audits("everywhere").get(before).path("outcome");
        assertThat(outcome.path("status").asText()).isEqualTo("SUCCESS");
        assertThat(outcome.at("/message/result").asBoolean()).isTrue();
        assertThat(outcome.at("/message/response/context/reason_code").asText()).isEqualTo("shadowed");
        assertThat(outcome.at("/message/response/context/shadow/reason_code").asText())
                .isEqualTo("permission_denied");
        assertThat(outcome.toString()).doesNotContain(token);
        assertThat(machine.get(sandbox.gateway() + "/_node/metrics/prometheus").body())
                .containsPattern("mcp_access_decisions_total\\{domain=\"everywhere\",outcome=\"shadowed\","
                        + "reason=\"permission_denied\",?\\} [1-9]");
    }

    @Test
    void tokenAudienceScopesAndToolHold() {
        String token = token("everywhere", BILLING);

        assertThat(reason("everywhere", "billing-mcp", question("refund", token)))
                .isEqualTo("scope_missing");
        assertThat(reason("everywhere", "billing-mcp", question("nobodys", token)))
                .isEqualTo("tool_unknown");
        assertThat(reason("everywhere", "billing-mcp", question("void_invoice", "garbage")))
                .isEqualTo("token_inactive");
        assertThat(reason("everywhere", "billing-mcp", question("void_invoice", token("everywhere", CRM))))
                .isEqualTo("audience_mismatch");
        assertThat(reason(
                        "everywhere",
                        "billing-mcp",
                        question("void_invoice", token).replace("alice", "bob")))
                .isEqualTo("subject_mismatch");
        assertThat(reason("everywhere", "agent", question("void_invoice", null)))
                .isEqualTo("permission_denied");
        assertThat(reason("everywhere", "billing-mcp", question("list_invoices", token)))
                .isEqualTo("permitted");
    }

    @Test
    void aBatchAnswersAsItsSinglesDo() {
        String token = token("everywhere", BILLING);
        JsonNode answers = json(ask(
                "everywhere",
                "billing-mcp",
                "/evaluations",
                "{\"evaluations\":[" + question("void_invoice", token) + "," + question("refund", token) + ","
                        + question("list_invoices", token) + "]}"));

        assertThat(answers.findValuesAsText("decision")).containsExactly("true", "false", "true");
        assertThat(answers.path("evaluations").path(0))
                .isEqualTo(json(ask("everywhere", "billing-mcp", "/evaluation", question("void_invoice", token))));
        assertThat(answers.at("/evaluations/1/context/reason_code").asText()).isEqualTo("scope_missing");
    }

    @Test
    void searchesShowThePermissionsAsTheyAre() {
        String token = token("everywhere", BILLING);
        JsonNode found = json(ask("everywhere", "billing-mcp", "/search/resource", question("ignored", token)));

        assertThat(found.path("results").findValuesAsText("id")).containsExactly("list_invoices");
    }

    @Test
    void oneServerIsShadowedAndTheOthersAreNot() {
        assertThat(reason("crm-alone", "billing-mcp", question("void_invoice", token("crm-alone", BILLING))))
                .isEqualTo("permission_denied");
        assertThat(reason("crm-alone", "crm-mcp", question("find_customer", token("crm-alone", CRM))))
                .isEqualTo("shadowed");
    }

    @Test
    void withOpenFgaDownNothingIsLetThrough() {
        HttpResponse<String> response =
                ask("down", "billing-mcp", "/evaluation", question("void_invoice", token("down", BILLING)));

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(json(response).path("decision").asBoolean(true)).isFalse();
        assertThat(json(response).at("/context/reason_code").asText()).isEqualTo("engine_unavailable");
    }

    @Test
    void theEnginesHealthSaysIt() {
        JsonNode everywhere = health("everywhere");
        assertThat(everywhere.path("permissionMode").asText()).isEqualTo("shadow");
        assertThat(everywhere.path("warnings").toString()).contains("every MCP server of the domain");
        JsonNode crm = health("crm-alone");
        assertThat(crm.path("permissionMode").asText()).isEqualTo("enforce");
        assertThat(crm.path("shadowServers").toString()).isEqualTo("[\"crm-mcp\"]");
    }

    private static JsonNode health(String domain) {
        ManagementClient admin = new ManagementClient(sandbox.management(), "admin", "adminadmin");
        String engines = ManagementClient.domain(domain) + "/authorization-engines";
        String id = json(admin.get(engines)).path(0).path("id").asText();
        return json(admin.get(engines + "/" + id + "/settings/health"));
    }

    private JsonNode audits(String domain) {
        return json(machine.get(sandbox.management() + "/sandbox/audits?type=PERMISSION_EVALUATED&domain=" + domain));
    }

    private String reason(String domain, String client, String question) {
        return json(ask(domain, client, "/evaluation", question))
                .at("/context/reason_code")
                .asText();
    }

    private HttpResponse<String> ask(String domain, String client, String path, String body) {
        return machine.send(HttpRequest.newBuilder(URI.create(sandbox.gateway() + "/" + domain + "/access/v1" + path))
                .header("Authorization", basic(client, client.equals("agent") ? "s3cret" : "s2"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private static String question(String tool, String token) {
        return "{\"subject\":{\"type\":\"user\",\"id\":\"alice\"},\"action\":{\"name\":\"can_call\"},"
                + "\"resource\":{\"type\":\"tool\",\"id\":\"" + tool + "\"}"
                + (token == null ? "" : ",\"context\":{\"access_token\":\"" + token + "\"}") + "}";
    }

    private static String token(String domain, String resource) {
        OAuthClient agent = new OAuthClient(sandbox.gateway() + "/" + domain, "agent", "s3cret", CALLBACK);
        String code = agent.code(new TestBrowser(), "alice", "wonderland", "openid invoices:read", resource);
        return json(agent.exchange(code)).path("access_token").asText();
    }
}
