package io.mcpaccess.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guard before a server whose permissions are in shadow mode: nobody holds any, and scopes are all that counts. */
class GuardShadowFlowIT {

    private static final String CONFIG = """
            gateway: {host: 127.0.0.1, port: 0}
            management: {host: 127.0.0.1, port: 0}
            domains:
              - id: demo
                users: [{username: alice, password: wonderland}]
                scopes:
                  - {key: "invoices:read", name: Read invoices}
                  - {key: "invoices:write", name: Write invoices}
                applications:
                  - {clientId: agent, clientSecret: s3cret, redirectUris: ["http://127.0.0.1:9999/callback"],
                     grantTypes: [authorization_code, refresh_token], scopes: [openid]}
                protectedResources:
                  - {name: Billing, clientId: billing, clientSecret: s3cret, resourceIdentifiers: ["http://127.0.0.1:9100/mcp"],
                     features: [{type: MCP_TOOL, key: list_invoices, description: Lists, scopes: ["invoices:read"]},
                                {type: MCP_TOOL, key: refund_invoice, description: Refunds, scopes: ["invoices:write"]}]}
                authorizationEngine: {type: openfga, name: engine,
                  configuration: {mode: embedded, storeFile: store.fga.yaml, shadowServers: [billing]}}
            """;

    private static final String STORE = """
            model: |
              model
                schema 1.1
              type user
              type tool
                relations
                  define can_call: [user]
            """;

    @TempDir
    static Path directory;

    private static final List<String> REACHED = new CopyOnWriteArrayList<>();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static SandboxProcess sandbox;
    private static HttpServer server;
    private static GuardProcess guard;

    @BeforeAll
    static void start() throws Exception {
        Files.writeString(directory.resolve("store.fga.yaml"), STORE);
        sandbox = SandboxProcess.start(Files.writeString(directory.resolve("sandbox.yml"), CONFIG));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", GuardShadowFlowIT::answer);
        server.start();
        guard = GuardProcess.start(
                directory,
                Map.of("GUARD_CLIENT_ID", "billing", "GUARD_CLIENT_SECRET", "s3cret"),
                "--upstream",
                "http://127.0.0.1:" + server.getAddress().getPort() + "/mcp",
                "--domain",
                sandbox.gateway() + "/demo",
                "--resource",
                OAuthUser.RESOURCE,
                "--port",
                "0");
    }

    @AfterAll
    static void stop() {
        if (guard != null) {
            guard.close();
        }
        if (server != null) {
            server.stop(0);
        }
        if (sandbox != null) {
            sandbox.close();
        }
    }

    @Test
    void aCallWithItsScopesGoesOnWithoutThePermissionAndOneWithoutThemDoesNot() throws Exception {
        String alice = Json.text(
                new OAuthUser(sandbox.gateway() + "/demo", "agent").signIn("invoices:read openid"), "access_token");

        assertThat(send(alice, "tools/call", "\"name\":\"list_invoices\"").body())
                .contains("\"done\"");
        assertThat(REACHED).hasSize(1);
        HttpResponse<String> refund = send(alice, "tools/call", "\"name\":\"refund_invoice\"");
        assertThat(refund.statusCode()).isEqualTo(403);
        assertThat(refund.headers().firstValue("WWW-Authenticate").orElse("")).contains("insufficient_scope");
        assertThat(send(alice, "tools/call", "\"name\":\"no_such_tool\"").body())
                .contains("\"isError\":true");
        assertThat(send("garbage", "tools/call", "\"name\":\"list_invoices\"").statusCode())
                .isEqualTo(401);
        assertThat(REACHED).hasSize(1);
    }

    private static HttpResponse<String> send(String token, String method, String params) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(guard.url()))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":{" + params + "}}"))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static void answer(HttpExchange exchange) throws IOException {
        REACHED.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        byte[] answer =
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"done\"}]}}"
                        .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }
}
