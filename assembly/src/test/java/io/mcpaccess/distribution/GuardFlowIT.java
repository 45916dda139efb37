package io.mcpaccess.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The guard before a server that knows nothing of it, with tokens of every kind that the sandbox issues, checked in both ways. */
class GuardFlowIT {

    /** How the guard checks tokens. */
    enum Tokens {
        INTROSPECTION,
        JWT
    }

    private static final Duration PATIENCE = Duration.ofSeconds(60);

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
                     grantTypes: [authorization_code, refresh_token, client_credentials], scopes: [openid]}
                protectedResources:
                  - {name: Billing, clientId: billing, clientSecret: s3cret, resourceIdentifiers: ["http://127.0.0.1:9100/mcp"],
                     features: [{type: MCP_TOOL, key: list_invoices, description: Lists, scopes: ["invoices:read"]},
                                {type: MCP_TOOL, key: refund_invoice, description: Refunds, scopes: ["invoices:write"]},
                                {type: MCP_TOOL, key: void_invoice, description: Voids, scopes: ["invoices:read"]}]}
                authorizationEngine: {type: openfga, name: engine,
                  configuration: {mode: embedded, storeFile: store.fga.yaml, subject: sub, deadlineMillis: 5000}}
              - id: named
                users: [{username: alice, password: wonderland}]
                scopes:
                  - {key: "invoices:read", name: Read invoices}
                  - {key: "invoices:write", name: Write invoices}
                applications:
                  - {clientId: agent, clientSecret: s3cret, redirectUris: ["http://127.0.0.1:9999/callback"],
                     grantTypes: [authorization_code, refresh_token, client_credentials], scopes: [openid]}
                protectedResources:
                  - {name: Billing, clientId: billing, clientSecret: s3cret, resourceIdentifiers: ["http://127.0.0.1:9100/mcp"],
                     features: [{type: MCP_TOOL, key: list_invoices, description: Lists, scopes: ["invoices:read"]},
                                {type: MCP_TOOL, key: refund_invoice, description: Refunds, scopes: ["invoices:write"]},
                                {type: MCP_TOOL, key: void_invoice, description: Voids, scopes: ["invoices:read"]}]}
                authorizationEngine: {type: openfga, name: engine,
                  configuration: {mode: embedded, storeFile: named.fga.yaml, deadlineMillis: 5000}}
                customClaims: {username: "{#context.attributes['user'].username}"}
            """;

    /** AM's subjects are made up by AM: whoever comes may list and refund, and nobody may void. */
    private static final String STORE = """
            model: |
              model
                schema 1.1
              type user
              type tool
                relations
                  define can_call: [user, user:*]
            tuples:
              - {user: "user:*", relation: can_call, object: "tool:list_invoices"}
              - {user: "user:*", relation: can_call, object: "tool:refund_invoice"}
            """;

    @TempDir
    static Path directory;

    private static final List<String> REACHED = new CopyOnWriteArrayList<>();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static SandboxProcess sandbox;
    private static HttpServer server;
    private static Map<Tokens, GuardProcess> guards;

    @BeforeAll
    static void start() throws Exception {
        Files.writeString(directory.resolve("store.fga.yaml"), STORE);
        Files.writeString(directory.resolve("named.fga.yaml"), STORE);
        sandbox = SandboxProcess.start(Files.writeString(directory.resolve("sandbox.yml"), CONFIG));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", GuardFlowIT::answer);
        server.start();
        guards = Map.of(
                Tokens.INTROSPECTION, guard("demo", "introspection", "sub"),
                Tokens.JWT, guard("demo", "jwt", "sub"));
    }

    @AfterAll
    static void stop() {
        guards.values().forEach(GuardProcess::close);
        server.stop(0);
        sandbox.close();
    }

    @ParameterizedTest
    @EnumSource
    void anAccessTokenForThisServerOpensWhatItsUserMayCall(Tokens tokens) throws Exception {
        String alice = access(user("agent").signIn("invoices:read openid"));
        REACHED.clear();

        HttpResponse<String> list = send(tokens, "Bearer " + alice, message("tools/list", ""));
        assertThat(list.body()).contains("list_invoices", "refund_invoice").doesNotContain("void_invoice");
        assertThat(list.headers().firstValue("Cache-Control")).contains("private, no-store");
        assertThat(call(tokens, alice, "list_invoices").body()).contains("\"done\"");
        HttpResponse<String> refund = call(tokens, alice, "refund_invoice");
        assertThat(refund.statusCode()).isEqualTo(403);
        assertThat(challenge(refund)).contains("error=\"insufficient_scope\"", "scope=\"invoices:write\"");
        assertThat(call(tokens, alice, "void_invoice").body()).contains("\"isError\":true");
        assertThat(call(tokens, alice, "no_such_tool").body())
                .isEqualTo(call(tokens, alice, "void_invoice").body());

        assertThat(REACHED)
                .hasSize(2)
                .allSatisfy(headers ->
                        assertThat(headers.toLowerCase()).doesNotContain("authorization", alice.toLowerCase()));
    }

    @ParameterizedTest
    @EnumSource
    void noOtherTokenOfTheDomainOpensAnything(Tokens tokens) throws Exception {
        String alice = user("agent").signIn("invoices:read openid");
        List<String> others = List.of(
                Json.text(alice, "id_token"),
                Json.text(alice, "refresh_token"),
                access(user("agent").token(Map.of("grant_type", "client_credentials"))),
                forged(access(alice)),
                "garbage");
        REACHED.clear();
        for (String other : others) {
            assertThat(other).isNotEmpty();
            HttpResponse<String> refused = send(tokens, "Bearer " + other, message("ping", ""));
            assertThat(refused.statusCode())
                    .as("token %d", others.indexOf(other))
                    .isEqualTo(401);
            assertThat(challenge(refused)).contains("error=\"invalid_token\"", "resource_metadata=");
            assertThat(call(tokens, other, "list_invoices").statusCode()).isEqualTo(401);
        }
        assertThat(REACHED).isEmpty();
        assertThat(call(tokens, access(alice), "list_invoices").body()).contains("\"done\"");
    }

    @Test
    void aTokenThatHoldsTheUsersNameNeedsNoOtherSubject() throws Exception {
        String alice = access(new OAuthUser(sandbox.gateway() + "/named", "agent").signIn("invoices:read openid"));
        try (GuardProcess guard = guard("named", "jwt", "username")) {
            assertThat(send(guard, "Bearer " + alice, message("tools/call", "\"name\":\"list_invoices\""))
                            .body())
                    .contains("\"done\"");
            assertThat(send(
                                    guard,
                                    "Bearer " + access(user("agent").signIn("invoices:read openid")),
                                    message("ping", ""))
                            .statusCode())
                    .as("a token of another domain")
                    .isEqualTo(401);
        }
    }

    @Test
    void aRevokedTokenOpensNoToolEvenWhereItIsCheckedByItsSignature() throws Exception {
        String alice = access(user("agent").signIn("invoices:read openid"));
        assertThat(call(Tokens.JWT, alice, "list_invoices").body()).contains("\"done\"");
        String users = sandbox.manage("GET", "/users?page=0&size=10", null);
        sandbox.manage("DELETE", "/users/" + Json.read(users).at("/data/0/id").asText() + "/consents", null);

        // AM does not look up a token that is younger than ten seconds.
        HttpResponse<String> refused = await().atMost(PATIENCE)
                .until(() -> call(Tokens.JWT, alice, "list_invoices"), answer -> answer.statusCode() != 200);
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(challenge(refused)).contains("error=\"invalid_token\"");
        assertThat(send(Tokens.JWT, "Bearer " + alice, message("tools/list", ""))
                        .body())
                .contains("\"tools\":[]");
        assertThat(send(Tokens.JWT, "Bearer " + alice, message("ping", "")).statusCode())
                .as("what the documentation says of this way")
                .isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void theServersOwnCredentialsShowTheWholeListAndNothingElse(Tokens tokens) throws Exception {
        assertThat(send(tokens, basic("billing"), message("tools/list", "")).body())
                .contains("list_invoices", "refund_invoice", "void_invoice");
        assertThat(send(tokens, basic("billing"), message("tools/call", "\"name\":\"list_invoices\""))
                        .body())
                .contains("-32601");
        assertThat(send(tokens, basic("agent"), message("tools/list", "")).statusCode())
                .isEqualTo(401);
    }

    private static GuardProcess guard(String domain, String tokens, String subject) throws Exception {
        return GuardProcess.start(
                directory,
                Map.of("GUARD_CLIENT_ID", "billing", "GUARD_CLIENT_SECRET", "s3cret"),
                "--upstream",
                "http://127.0.0.1:" + server.getAddress().getPort() + "/mcp",
                "--domain",
                sandbox.gateway() + "/" + domain,
                "--resource",
                OAuthUser.RESOURCE,
                "--port",
                "0",
                "--tokens",
                tokens,
                "--subject",
                subject);
    }

    /** An MCP server that does as it is told by whoever comes. */
    private static void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        REACHED.add(exchange.getRequestHeaders().entrySet().toString());
        String result = body.contains("tools/list")
                ? "{\"tools\":[{\"name\":\"list_invoices\"},{\"name\":\"refund_invoice\"},{\"name\":\"void_invoice\"}]}"
                : "{\"content\":[{\"type\":\"text\",\"text\":\"done\"}]}";
        byte[] answer = ("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":" + result + "}").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private static OAuthUser user(String client) {
        return new OAuthUser(sandbox.gateway() + "/demo", client);
    }

    private static String access(String tokens) {
        return Json.text(tokens, "access_token");
    }

    /** The same claims, with a signature of nobody. */
    private static String forged(String token) {
        return token.substring(0, token.lastIndexOf('.') + 1) + "c2ln";
    }

    private static HttpResponse<String> call(Tokens tokens, String token, String tool) throws Exception {
        return send(tokens, "Bearer " + token, message("tools/call", "\"name\":\"" + tool + "\""));
    }

    private static HttpResponse<String> send(Tokens tokens, String authorization, String message) throws Exception {
        return send(guards.get(tokens), authorization, message);
    }

    private static HttpResponse<String> send(GuardProcess guard, String authorization, String message)
            throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(guard.url()))
                .timeout(PATIENCE)
                .header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(message))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static String message(String method, String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":{" + params + "}}";
    }

    private static String challenge(HttpResponse<String> answer) {
        return answer.headers().firstValue("WWW-Authenticate").orElse("");
    }

    private static String basic(String client) {
        return "Basic " + Base64.getEncoder().encodeToString((client + ":s3cret").getBytes(StandardCharsets.UTF_8));
    }
}
