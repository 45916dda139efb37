package io.mcpaccess.sandbox;

import static io.mcpaccess.sandbox.OAuthClient.claims;
import static io.mcpaccess.sandbox.OAuthClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The repository's own plugin ZIPs, loaded by both nodes as AM loads them. */
class PluginsIT {
    private static final String BILLING = "http://127.0.0.1:9100/mcp";
    private static final String CALLBACK = "http://127.0.0.1:9999/callback";
    private static final String DOMAIN = ManagementClient.domain("demo");
    private static final String STORE = """
            model: |
              model
                schema 1.1
              type user
              type tool
                relations
                  define can_call: [user]
            tuples:
              - {user: "user:alice", relation: can_call, object: "tool:list_invoices"}
            """;

    private static SandboxServer sandbox;
    private static ManagementClient admin;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("demo.fga.yaml"), STORE);
        Files.writeString(folder.resolve("strict.fga.yaml"), STORE);
        String yaml = """
                gateway: {port: 0}
                management: {port: 0}
                managementUsers: [{username: engines, password: only, permissions: [DOMAIN_AUTHORIZATION_ENGINE]}]
                domains: [%s, %s, {id: other}]
                """.formatted(domain("demo", "{}"), domain("strict", "{mode: reject}"));
        sandbox = SandboxServer.start(
                Path.of(System.getProperty("repository.root")), folder.resolve("sandbox.yml"), yaml);
        admin = new ManagementClient(sandbox.management(), "admin", "adminadmin");
    }

    private static String domain(String id, String policy) {
        return """
                {id: %s,
                    users: [{username: alice, password: wonderland}, {username: bob, password: builder}, {username: carol, password: singer}],
                    scopes: [{key: "invoices:read", name: Read invoices}],
                    applications: [{clientId: agent, clientSecret: s3cret, redirectUris: ["http://127.0.0.1:9999/callback"]}],
                    protectedResources:
                      [{name: billing, clientId: billing-mcp, clientSecret: s2, resourceIdentifiers: ["http://127.0.0.1:9100/mcp"],
                        features: [{type: MCP_TOOL, key: list_invoices, description: List, scopes: ["invoices:read"]}]}],
                    authorizationEngine: {type: openfga, name: engine, configuration: {mode: embedded, storeFile: %s.fga.yaml}},
                    flows: [{extensionPoint: PRE_TOKEN, policy: mcp-tool-access, configuration: %s}]}""".formatted(id, id, policy);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void theDecisionComesThroughTheZips() {
        assertThat(evaluate("alice", "list_invoices").statusCode()).isEqualTo(200);
        assertThat(json(evaluate("alice", "list_invoices")).path("decision").asBoolean())
                .isTrue();
        assertThat(json(evaluate("nobody", "list_invoices")).path("decision").asBoolean())
                .isFalse();
    }

    @Test
    void decisionsAreAudited() {
        int before = audits();

        evaluate("alice", "list_invoices");

        eventually(() -> audits() == before + 1);
    }

    @Test
    void removedEngineClosesAndNewEngineOpensTheGatewayWithinASecond() {
        String engine = json(admin.get(DOMAIN + "/authorization-engines"))
                .path(0)
                .path("id")
                .asText();
        assertThat(admin.call("DELETE", DOMAIN + "/authorization-engines/" + engine, null)
                        .statusCode())
                .isEqualTo(204);
        eventually(() -> evaluate("alice", "list_invoices").statusCode() == 503);

        HttpResponse<String> created = admin.call("POST", DOMAIN + "/authorization-engines", """
                {"type":"openfga","name":"again","configuration":"{\\"mode\\":\\"embedded\\",\\"storeFile\\":\\"demo.fga.yaml\\"}"}
                """);
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        assertThat(created.headers().firstValue("Location").orElse(""))
                .endsWith("/authorization-engines/" + json(created).path("id").asText());
        eventually(() -> evaluate("alice", "list_invoices").statusCode() == 200);
    }

    @Test
    void secondEngineOfATypeIsRefused() {
        HttpResponse<String> second = admin.call(
                "POST",
                DOMAIN + "/authorization-engines",
                "{\"type\":\"openfga\",\"name\":\"second\",\"configuration\":\"{}\"}");

        assertThat(second.statusCode()).isEqualTo(400);
        assertThat(json(second).path("message").asText())
                .isEqualTo("Authorization engine of type [openfga] already exists for this domain");
    }

    @Test
    void catalogueHasIconAndSchema() {
        JsonNode plugins = json(admin.get("/platform/plugins/authorization-engines?expand=icon"));
        assertThat(plugins).hasSize(1);
        assertThat(plugins.path(0).path("icon").asText()).startsWith("data:image/svg+xml;base64,");
        assertThat(plugins.path(0).path("deployed").asBoolean()).isTrue();
        assertThat(json(admin.get("/platform/plugins/authorization-engines/openfga/schema"))
                        .path("properties"))
                .isNotEmpty();
    }

    @Test
    void tupleWrittenInTheConsoleIsSeenByTheGateway() {
        String engine = json(admin.get(DOMAIN + "/authorization-engines"))
                .path(0)
                .path("id")
                .asText();
        String settings = DOMAIN + "/authorization-engines/" + engine + "/settings";
        assertThat(admin.get(settings + "/store").statusCode()).isEqualTo(200);

        HttpResponse<String> added = admin.call(
                "POST",
                settings + "/tuples",
                "{\"user\":\"user:bob\",\"relation\":\"can_call\",\"object\":\"tool:list_invoices\"}");
        assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
        eventually(() -> json(evaluate("bob", "list_invoices")).path("decision").asBoolean());
        assertThat(admin.get(ManagementClient.domain("other") + "/authorization-engines/" + engine + "/settings/store")
                        .statusCode())
                .as("the plugin closes the hole of AM's locator")
                .isIn(403, 404);
    }

    @Test
    void policyRefusesATokenWhoseToolsTheUserMayNotCall() {
        OAuthClient agent = new OAuthClient(sandbox.gateway() + "/strict", "agent", "s3cret", CALLBACK);
        String ofAlice = agent.code(new TestBrowser(), "alice", "wonderland", "invoices:read", BILLING);
        assertThat(claims(json(agent.exchange(ofAlice)).path("access_token").asText())
                        .path("scope")
                        .asText())
                .isEqualTo("invoices:read");

        String ofCarol = agent.code(new TestBrowser(), "carol", "singer", "invoices:read", BILLING);
        HttpResponse<String> refused = agent.exchange(ofCarol);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(json(refused).path("error").asText()).isEqualTo("invalid_grant");
        assertThat(agent.exchange(ofCarol).statusCode()).as("burned").isEqualTo(400);
    }

    @Test
    void limitedAdministratorReachesOnlyWhatIsTheirs() {
        ManagementClient limited = new ManagementClient(sandbox.management(), "engines", "only");

        assertThat(limited.get(DOMAIN + "/authorization-engines").statusCode()).isEqualTo(200);
        assertThat(limited.get(DOMAIN + "/protected-resources?type=MCP_SERVER").statusCode())
                .isEqualTo(403);
        assertThat(limited.call("POST", DOMAIN + "/scopes", "{\"key\":\"a\",\"name\":\"a\",\"description\":\"a\"}")
                        .statusCode())
                .isEqualTo(403);
    }

    private static int audits() {
        return json(new TestBrowser()
                        .get(sandbox.management() + "/sandbox/audits?domain=demo&type=PERMISSION_EVALUATED"))
                .size();
    }

    private static HttpResponse<String> evaluate(String user, String tool) {
        String question = """
                {"subject":{"type":"user","id":"%s"},"action":{"name":"can_call"},"resource":{"type":"tool","id":"%s"}}
                """.formatted(user, tool);
        return new TestBrowser()
                .send(HttpRequest.newBuilder(URI.create(sandbox.gateway() + "/demo/access/v1/evaluation"))
                        .header("Authorization", OAuthClient.basic("billing-mcp", "s2"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(question))
                        .build());
    }

    private static void eventually(BooleanSupplier condition) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(100))
                .until(condition::getAsBoolean);
    }
}
