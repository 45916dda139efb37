package io.mcpaccess.samples.billing;

import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.mcpaccess.guard.oauth.ClientCredentials;
import io.mcpaccess.samples.client.CallOutcome;
import io.mcpaccess.samples.client.Http;
import io.mcpaccess.samples.client.Token;
import io.mcpaccess.samples.client.ToolClient;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BillingServerTest {
    private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}";

    @RegisterExtension
    static final WireMockExtension AM = WireMockExtension.newInstance().build();

    private final Http http = new Http();
    private String authorization = "Bearer uncached";
    private BillingServer server;
    private ToolClient client;

    @BeforeEach
    void start() throws Exception {
        BillingSettings settings = new BillingSettings(
                "127.0.0.1", 0, AM.baseUrl() + "/demo", Optional.empty(), "billing-mcp", "s2", true);
        server = BillingServer.start(settings, InvoiceBook.sample());
        introspection("{\"active\":true,\"aud\":\"" + server.url() + "\",\"exp\":"
                + Instant.now().plusSeconds(60).getEpochSecond() + ",\"username\":\"alice\"}");
        decision(okJson("{\"decision\":true,\"context\":{\"layers\":[\"token\",\"scope\",\"permission\"]}}"));
        listed("true", "true", "true", "true", "false");
        client = new ToolClient(URI.create(server.url()), () -> new Token("the-token", ""));
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void runsAToolThatAmPermits() {
        assertThat(client.connect()).contains("list_invoices", "get_invoice", "refund_invoice", "void_invoice");
        CallOutcome outcome = client.call("get_invoice", Map.of("number", "INV-2"));
        assertThat(outcome.status()).isEqualTo(200);
        assertThat(outcome.isError()).isFalse();
        assertThat(outcome.text()).isEqualTo("INV-2 Globex 75.50 EUR OPEN");
    }

    @Test
    void listsTheToolsThatTheUserMayCall() {
        listed("true", "false", "true", "false", "false");
        assertThat(client.connect()).hasSize(2);
        AM.stubFor(post("/demo/access/v1/evaluations").willReturn(jsonResponse("{}", 503)));
        assertThatThrownBy(client::connect).hasMessageContaining("could not be decided");
    }

    @Test
    void tellsAForbiddenToolFromAMissingOneToNobody() {
        client.connect();
        decision(okJson("{\"decision\":false,\"context\":{\"reason_code\":\"permission_denied\"}}"));
        CallOutcome forbidden = client.call("void_invoice", Map.of("number", "INV-2"));
        decision(okJson("{\"decision\":false,\"context\":{\"reason_code\":\"tool_unknown\"}}"));
        CallOutcome missing = client.call("no_such_tool", Map.of("number", "INV-2"));
        assertThat(forbidden.isError()).isTrue();
        assertThat(forbidden.status()).isEqualTo(200);
        assertThat(forbidden.text()).isEqualTo(missing.text());
    }

    @Test
    void asksForTheScopesOfTheTool() {
        client.connect();
        decision(okJson("{\"decision\":false,\"context\":{\"reason_code\":\"scope_missing\","
                + "\"required_scopes\":[\"invoices:refund\"]}}"));
        CallOutcome outcome = client.call("refund_invoice", Map.of("number", "INV-1"));
        assertThat(outcome.status()).isEqualTo(403);
        assertThat(outcome.challenge().orElseThrow().parameter("error")).contains("insufficient_scope");
        assertThat(outcome.challenge().orElseThrow().parameter("scope")).contains("invoices:refund");
    }

    @Test
    void refusesWhileTheEngineIsAway() {
        client.connect();
        decision(jsonResponse("{\"decision\":false,\"context\":{\"reason_code\":\"engine_unavailable\"}}", 503));
        CallOutcome outcome = client.call("list_invoices", Map.of());
        assertThat(outcome.status()).isEqualTo(503);
        decision(okJson("{\"decision\":true,\"context\":{\"layers\":[\"token\",\"scope\",\"permission\"]}}"));
        assertThat(client.call("list_invoices", Map.of()).isError()).isFalse();
    }

    @Test
    void refusesATokenThatIsNoLongerActiveInARunningSession() {
        client.connect();
        decision(okJson("{\"decision\":false,\"context\":{\"reason_code\":\"token_inactive\"}}"));
        CallOutcome outcome = client.call("list_invoices", Map.of());
        assertThat(outcome.status()).isEqualTo(401);
        assertThat(outcome.challenge().orElseThrow().parameter("error")).contains("invalid_token");
    }

    @Test
    void leadsAClientWithoutTokenToTheMetadata() throws Exception {
        HttpResponse<String> answer = http.send("POST", URI.create(server.url()), Map.of(), "{}");
        assertThat(answer.statusCode()).isEqualTo(401);
        String metadata = answer.headers().firstValue("WWW-Authenticate").orElseThrow();
        assertThat(metadata).contains("/.well-known/oauth-protected-resource/mcp");
        HttpResponse<String> document = http.get(
                URI.create(server.url().replace("/mcp", "/.well-known/oauth-protected-resource/mcp")), Map.of());
        assertThat(Http.json(document.body()).path("resource").asText()).isEqualTo(server.url());
    }

    @Test
    void hasNoSideDoorAroundTheGuard() throws Exception {
        for (String path : new String[] {"/mcp/", "/mcp;x=1", "/%6dcp", "/x/../mcp", "/"}) {
            int status = http.send("POST", URI.create(server.url().replace("/mcp", path)), Map.of(), "{}")
                    .statusCode();
            assertThat(status).as(path).isIn(400, 401);
        }
    }

    @Test
    void keepsASessionToTheUserWhoOpenedIt() throws Exception {
        String session = session();
        assertThat(send("POST", session, LIST).statusCode()).isEqualTo(200);
        introspection("{\"active\":true,\"aud\":\"" + server.url() + "\",\"username\":\"bob\"}");
        for (String method : new String[] {"POST", "GET", "DELETE"}) {
            String body = method.equals("POST") ? LIST : "";
            assertThat(send(method, session, body).statusCode()).as(method).isEqualTo(404);
        }
    }

    @Test
    void endsASessionForGood() throws Exception {
        String session = session();
        assertThat(send("DELETE", session, "").statusCode()).isEqualTo(200);
        assertThat(send("POST", session, LIST).statusCode()).isEqualTo(404);
    }

    @Test
    void showsTheWholeListInASessionOfItsOwnCredentials() throws Exception {
        authorization = new ClientCredentials("billing-mcp", "s2").basicHeader();
        listed("false", "false", "false", "false");
        String session = session();
        assertThat(send("POST", session, LIST).body())
                .contains("list_invoices", "get_invoice", "refund_invoice", "void_invoice");
        authorization = "Bearer uncached";
        assertThat(send("POST", session, LIST).statusCode()).isEqualTo(404);
    }

    /** Opens a session as a client does, with a token that is not remembered. */
    private String session() throws Exception {
        introspection("{\"active\":true,\"aud\":\"" + server.url() + "\",\"username\":\"alice\"}");
        HttpResponse<String> opened = send(
                "POST",
                "",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-11-25\","
                        + "\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}");
        String session = opened.headers().firstValue("Mcp-Session-Id").orElseThrow();
        send("POST", session, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
        return session;
    }

    private HttpResponse<String> send(String method, String session, String body) throws Exception {
        Map<String, String> headers = new HashMap<>(Map.of(
                "Authorization",
                authorization,
                "Accept",
                "application/json, text/event-stream",
                "Content-Type",
                "application/json"));
        if (!session.isEmpty()) {
            headers.put("Mcp-Session-Id", session);
        }
        return http.send(method, URI.create(server.url()), headers, body);
    }

    private static void introspection(String body) {
        AM.stubFor(post("/demo/oauth/introspect").willReturn(okJson(body)));
    }

    private static void listed(String... decisions) {
        String items = Stream.of(decisions)
                .map(decision ->
                        "{\"decision\":" + decision + ",\"context\":{\"layers\":[\"token\",\"scope\",\"permission\"]}}")
                .collect(Collectors.joining(","));
        AM.stubFor(post("/demo/access/v1/evaluations").willReturn(okJson("{\"evaluations\":[" + items + "]}")));
    }

    private static void decision(ResponseDefinitionBuilder answer) {
        AM.stubFor(post("/demo/access/v1/evaluation").willReturn(answer));
    }
}
