package io.mcpaccess.sandbox;

import static io.mcpaccess.sandbox.OAuthClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine ZIP registers MCP servers through the management API, with AM's services, checks and rights. */
class RegistryIT {
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
    private static HttpServer live;
    private static String mcp;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("store.fga.yaml"), STORE);
        sandbox =
                SandboxServer.start(Path.of(System.getProperty("repository.root")), folder.resolve("sandbox.yml"), """
                gateway: {port: 0}
                management: {port: 0}
                settings: {mcp.import.allowPrivateNetworks: true}
                managementUsers: [{username: engines, password: only, permissions: [DOMAIN_AUTHORIZATION_ENGINE]}]
                domains:
                  - id: demo
                    users: [{username: alice, password: wonderland}]
                    scopes: [{key: "invoices:read", name: Read invoices}]
                    applications: [{clientId: agent, clientSecret: s3cret, redirectUris: ["http://127.0.0.1:9999/callback"]}]
                    protectedResources:
                      [{name: billing, clientId: billing-mcp, clientSecret: s2, resourceIdentifiers: ["http://127.0.0.1:9100/mcp"],
                        features: [{type: MCP_TOOL, key: list_invoices, description: List, scopes: ["invoices:read"]}]}]
                    authorizationEngine: {type: openfga, name: engine, configuration: {mode: embedded, storeFile: store.fga.yaml}}
                  - {id: other}
                """);
        admin = new ManagementClient(sandbox.management(), "admin", "adminadmin");
        mcp = registry("demo", admin);
        live = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        live.createContext("/mcp", exchange -> {
            JsonNode request = json(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] answer = ("{\"jsonrpc\":\"2.0\",\"id\":" + request.path("id")
                            + ",\"result\":{\"tools\":[{\"name\":\"forecast\",\"description\":\"Say the weather\"},"
                            + "{\"name\":\"no.good\"}]}}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        live.start();
    }

    private static String registry(String domain, ManagementClient client) {
        String engine = json(client.get(ManagementClient.domain("demo") + "/authorization-engines"))
                .path(0)
                .path("id")
                .asText();
        return ManagementClient.domain(domain) + "/authorization-engines/" + engine + "/settings/mcp";
    }

    @AfterAll
    static void stop() {
        live.stop(0);
        sandbox.close();
    }

    @Test
    void declaresAndFindsNothingToDoTheSecondTime() {
        String shop = """
                {"name":"shop","resourceIdentifiers":["https://shop.example/MCP"],
                 "tools":[{"key":"buy","description":"Buy"},{"key":"sell","description":"Sell"}]}""";

        HttpResponse<String> first = admin.call("POST", mcp + "/servers", shop);
        HttpResponse<String> second = admin.call("POST", mcp + "/servers", shop);

        assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
        assertThat(json(first).path("clientSecret").asText()).isNotEmpty();
        assertThat(json(first)
                        .path("server")
                        .path("resourceIdentifiers")
                        .path(0)
                        .asText())
                .isEqualTo("https://shop.example/mcp");
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(json(second).findValuesAsText("change")).containsOnly("unchanged");
        String id = json(first).path("server").path("id").asText();
        JsonNode stored =
                json(admin.get(ManagementClient.domain("demo") + "/protected-resources/" + id + "?type=MCP_SERVER"));
        assertThat(stored.path("features").findValuesAsText("key")).containsExactlyInAnyOrder("buy", "sell");
    }

    @Test
    void importsALiveServersTools() {
        String url = "http://127.0.0.1:" + live.getAddress().getPort() + "/mcp";
        String body = "{\"url\":\"" + url + "\",\"name\":\"weather\"}";

        JsonNode dry = json(admin.call("POST", mcp + "/servers/import?dryRun=true", body));
        HttpResponse<String> done = admin.call("POST", mcp + "/servers/import", body);
        JsonNode drift = json(admin.call(
                "POST", mcp + "/servers/" + json(done).path("server").path("id").asText() + "/drift", "{}"));

        assertThat(dry.path("applied").asBoolean(true)).isFalse();
        assertThat(done.statusCode()).as(done.body()).isEqualTo(201);
        assertThat(json(done).path("tools").findValuesAsText("change")).containsExactly("added", "refused");
        assertThat(drift.path("tools").findValuesAsText("state")).containsExactly("unchanged", "new");
    }

    @Test
    void doesNotWidenAScopeInUse() {
        JsonNode plan = json(admin.call("POST", mcp + "/servers", """
                {"name":"billing","resourceIdentifiers":["http://127.0.0.1:9100/mcp"],
                 "tools":[{"key":"drop_invoices","description":"Drop","scopes":["invoices:read"]}]}"""));

        assertThat(plan.path("tools").path(0).path("change").asText()).isEqualTo("refused");
        assertThat(plan.path("tools").path(1).path("change").asText()).isEqualTo("unchanged");
    }

    @Test
    void mapsWhoMayCallWhat() {
        HttpResponse<String> map = admin.get(mcp + "/map?q=billing");
        JsonNode alice = json(admin.get(mcp + "/map?q=billing&subject=user:alice"));
        JsonNode bob = json(admin.get(mcp + "/map?q=billing&subject=user:bob&explain=true"));

        assertThat(map.statusCode()).as(map.body()).isEqualTo(200);
        JsonNode tool = json(map).path("tools").path(0);
        assertThat(tool.path("users").path("ids").toString()).isEqualTo("[\"alice\"]");
        assertThat(tool.path("applications").path(0).path("clientId").asText()).isEqualTo("agent");
        assertThat(alice.path("tools").path(0).path("decision").asBoolean()).isTrue();
        assertThat(bob.path("tools").path(0).path("reason_code").asText()).isEqualTo("permission_denied");
        assertThat(bob.path("tools").path(0).path("why").asText()).contains("user:bob");
    }

    @Test
    void aRightOnEnginesIsNoRightOnServers() {
        ManagementClient engines = new ManagementClient(sandbox.management(), "engines", "only");

        assertThat(engines.get(mcp + "/servers").statusCode()).isEqualTo(403);
        assertThat(engines.get(mcp + "/map").statusCode()).isEqualTo(403);
        assertThat(engines.call("POST", mcp + "/scopes", "").statusCode()).isEqualTo(403);
        assertThat(engines.call("POST", mcp + "/servers", "{}").statusCode()).isEqualTo(403);
    }

    @Test
    void anotherDomainsPathDoesNotReachTheEngine() {
        assertThat(admin.get(registry("other", admin) + "/servers").statusCode())
                .isIn(403, 404);
    }
}
