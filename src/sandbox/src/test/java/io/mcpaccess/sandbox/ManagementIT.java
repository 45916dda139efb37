package io.mcpaccess.sandbox;

import static io.mcpaccess.sandbox.OAuthClient.claims;
import static io.mcpaccess.sandbox.OAuthClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The management API without plugins, on a sandbox that forgets the tools of its MCP servers at start, as AM on JDBC does. */
class ManagementIT {
    private static final String BILLING = "http://127.0.0.1:9100/mcp";
    private static final String CALLBACK = "http://127.0.0.1:9999/callback";
    private static final String DOMAIN = ManagementClient.domain("demo");
    private static SandboxServer sandbox;
    private static ManagementClient admin;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        String yaml = """
                gateway: {port: 0}
                management: {port: 0}
                plugins: .
                quirks: {forgetToolsAtStart: true}
                domains:
                  - id: demo
                    users: [{username: alice, password: wonderland}]
                    scopes: [{key: "invoices:read", name: Read}]
                    applications: [{clientId: agent, clientSecret: s3cret, redirectUris: ["http://127.0.0.1:9999/callback"]}]
                    protectedResources:
                      - {name: billing, clientId: billing-mcp, clientSecret: s2, resourceIdentifiers: ["http://127.0.0.1:9100/mcp"],
                         features: [{type: MCP_TOOL, key: list_invoices, description: List, scopes: ["invoices:read"]}]}
                """;
        sandbox = SandboxServer.start(
                Path.of(System.getProperty("repository.root")), folder.resolve("sandbox.yml"), yaml);
        admin = new ManagementClient(sandbox.management(), "admin", "adminadmin");
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void basicIsForTheTokenResourceAlone() {
        HttpRequest withBasic = HttpRequest.newBuilder(URI.create(sandbox.management() + "/management" + DOMAIN))
                .header("Authorization", OAuthClient.basic("admin", "adminadmin"))
                .build();
        HttpResponse<String> refused = new TestBrowser().send(withBasic);

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(json(refused).path("http_status").asInt()).isEqualTo(401);
        assertThat(admin.get(DOMAIN).statusCode()).isEqualTo(200);
    }

    @Test
    void unknownDomainIsForbidden() {
        assertThat(admin.get(ManagementClient.domain("unknown") + "/authorization-engines")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void serverHasItsToolsAgainOnceItHadAnEventOfItsOwn() throws Exception {
        OAuthClient agent = new OAuthClient(sandbox.gateway() + "/demo", "agent", "s3cret", CALLBACK);
        String url = agent.authorizeUrl("invoices:read", BILLING);
        assertThat(agent.approve(new TestBrowser(), url, "alice", "wonderland")).contains("error=invalid_scope");

        String id = json(admin.get(DOMAIN + "/protected-resources?type=MCP_SERVER"))
                .path("data")
                .path(0)
                .path("id")
                .asText();
        HttpResponse<String> touched =
                admin.call("PATCH", DOMAIN + "/protected-resources/" + id, "{\"description\":\"touched\"}");
        assertThat(touched.statusCode()).as(touched.body()).isEqualTo(200);

        Awaitility.await("the tools are known again")
                .atMost(Duration.ofSeconds(15))
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(agent.approve(new TestBrowser(), url, "alice", "wonderland"))
                        .startsWith(CALLBACK + "?code="));
    }

    @Test
    void protectedResourceFromCreationToRemoval() {
        HttpResponse<String> created = admin.call("POST", DOMAIN + "/protected-resources", """
                {"name":"payroll","type":"MCP_SERVER","resourceIdentifiers":["https://Payroll.example/MCP"],
                 "features":[{"type":"MCP_TOOL","key":"pay","description":"Pay","scopes":["invoices:read"]}]}
                """);
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        JsonNode secret = json(created);
        assertThat(secret.path("clientSecret").asText()).isNotBlank();
        String path = DOMAIN + "/protected-resources/" + secret.path("id").asText();

        HttpResponse<String> read = admin.get(path + "?type=MCP_SERVER");
        assertThat(json(read).path("resourceIdentifiers").path(0).asText()).isEqualTo("https://payroll.example/mcp");
        assertThat(read.body())
                .as("AM writes the type twice")
                .contains("{\"type\":\"MCP_TOOL\"")
                .contains("\"type\":\"mcp_tool\"");
        assertThat(admin.get(path).statusCode()).as("no type").isEqualTo(500);

        String update = """
                {"name":"payroll","resourceIdentifiers":["https://payroll.example/mcp"],
                 "features":[{"type":"%s","key":"pay","description":"Pay","scopes":["%s"]}]}
                """;
        assertThat(admin.call("PUT", path, update.formatted("mcp_tool", "invoices:read"))
                        .statusCode())
                .isEqualTo(400);
        HttpResponse<String> badScope = admin.call("PUT", path, update.formatted("MCP_TOOL", "undefined"));
        assertThat(badScope.statusCode()).isEqualTo(400);
        assertThat(json(badScope).path("message").asText()).isEqualTo("scope undefined is not valid.");
        assertThat(admin.call("PUT", path, update.formatted("MCP_TOOL", "invoices:read"))
                        .statusCode())
                .isEqualTo(200);

        assertThat(admin.call("DELETE", path + "?type=MCP_SERVER", null).statusCode())
                .isEqualTo(204);
        assertThat(admin.get(path + "?type=MCP_SERVER").statusCode()).isEqualTo(403);
    }

    @Test
    void scopeIsDefinedOnce() {
        String scope = "{\"key\":\"extra\",\"name\":\"Extra\",\"description\":\"More\"}";

        assertThat(admin.call("POST", DOMAIN + "/scopes", scope).statusCode()).isEqualTo(201);
        assertThat(admin.call("POST", DOMAIN + "/scopes", scope).statusCode()).isEqualTo(400);
        assertThat(admin.call("POST", DOMAIN + "/scopes", "{\"key\":\"other\"}").statusCode())
                .isEqualTo(400);
        assertThat(admin.call("POST", DOMAIN + "/scopes", "[not json").statusCode())
                .isEqualTo(400);
    }

    @Test
    void case08_withdrawnConsentRevokesTheTokensThatCameOfIt() {
        OAuthClient agent = new OAuthClient(sandbox.gateway() + "/demo", "agent", "s3cret", CALLBACK);
        String user = json(admin.get(DOMAIN + "/users?q=alice"))
                .path("data")
                .path(0)
                .path("id")
                .asText();
        JsonNode tokens = json(agent.exchange(agent.code(new TestBrowser(), "alice", "wonderland", null)));
        assertThat(claims(tokens.path("access_token").asText()).has("scope")).isFalse();

        assertThat(admin.call("DELETE", DOMAIN + "/users/" + user + "/consents?clientId=agent", null)
                        .statusCode())
                .isEqualTo(204);

        assertThat(agent.token(Map.of(
                                "grant_type",
                                "refresh_token",
                                "refresh_token",
                                tokens.path("refresh_token").asText()))
                        .statusCode())
                .isEqualTo(400);
        assertThat(json(admin.get(DOMAIN + "/users/" + user + "/consents"))).isEmpty();
    }
}
