package io.mcpaccess.samples.billing;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.mcpaccess.samples.client.Http;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whatever comes, the guarded server answers with the specified error, and answers the next client as ever. */
class BadInputTest {
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":"
            + "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}";
    private static final String CALL =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"get_invoice\"}}";

    @RegisterExtension
    static final WireMockExtension AM = WireMockExtension.newInstance().build();

    private final Http http = new Http();
    private BillingServer server;
    private URI url;

    @BeforeEach
    void start() throws Exception {
        server = BillingServer.start(
                new BillingSettings(
                        "127.0.0.1", 0, AM.baseUrl() + "/demo", Optional.empty(), "billing-mcp", "s2", true),
                InvoiceBook.sample());
        url = URI.create(server.url());
        AM.stubFor(post("/demo/oauth/introspect")
                .willReturn(okJson("{\"active\":true,\"aud\":\"" + url + "\",\"username\":\"alice\"}")));
    }

    @AfterEach
    void stillAnswers() throws IOException {
        HttpResponse<String> answer = send("Bearer alice", PING);
        server.close();
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void garbageForAToken() throws IOException {
        for (String header : List.of("Bearer", "Bearer a b", "Bearer \u00fc", "Digest x", "Bearer " + "=".repeat(99))) {
            HttpResponse<String> answer = send(header, CALL);
            assertThat(answer.statusCode()).as(header).isEqualTo(401);
            assertThat(challenge(answer)).startsWith("Bearer error=\"invalid_token\"");
        }
    }

    @Test
    void twoTokens() throws IOException {
        String answer = raw("POST /mcp HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer a\r\n"
                + "Authorization: Bearer b\r\nContent-Length: " + CALL.length() + "\r\n\r\n" + CALL);
        assertThat(answer).startsWith("HTTP/1.1 400").contains("error=\"invalid_request\"");
        assertThat(send("Bearer a, Bearer b", CALL).statusCode()).isEqualTo(400);
    }

    @Test
    void tokensOfAnotherKind() throws IOException {
        for (String answer : List.of(
                "{\"active\":false}",
                "{\"active\":true,\"aud\":\"agent\",\"username\":\"alice\"}",
                "{\"active\":true,\"aud\":\"billing-mcp\",\"sub\":\"billing-mcp\"}",
                "{\"active\":true,\"aud\":[\"" + url + "/\"],\"username\":\"alice\"}",
                "{\"active\":true,\"username\":\"alice\"}")) {
            AM.stubFor(post("/demo/oauth/introspect").willReturn(okJson(answer)));
            HttpResponse<String> refused = send("Bearer other", CALL);
            assertThat(refused.statusCode()).as(answer).isEqualTo(401);
            assertThat(challenge(refused)).contains("error=\"invalid_token\"", "resource_metadata=");
        }
        AM.stubFor(post("/demo/oauth/introspect")
                .willReturn(okJson("{\"active\":true,\"aud\":\"" + url + "\",\"username\":\"alice\"}")));
    }

    @Test
    void headersThatAreHuge() throws IOException {
        assertThat(send("Bearer " + "a".repeat(65_536), CALL).statusCode()).isEqualTo(431);
        String many = "X-A: 1\r\n".repeat(10_000);
        assertThat(raw("POST /mcp HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + many + "\r\n"))
                .startsWith("HTTP/1.1 431");
    }

    @Test
    void aBodyThatIsHuge() throws IOException {
        HttpResponse<String> answer = send("Bearer alice", " ".repeat(2 << 20));
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("-32600");
        assertThat(answer.headers().firstValue("Connection")).contains("close");
    }

    @Test
    void aBodyThatIsDeepOrTwofold() throws IOException {
        for (String body : List.of(
                "[".repeat(100_000),
                "{\"a\":".repeat(10_000),
                "[" + CALL + "]",
                CALL.replace("\"id\":1", "\"id\":1,\"method\":\"ping\""),
                CALL + CALL,
                "\u0000")) {
            assertThat(send("Bearer alice", body).statusCode()).isEqualTo(400);
        }
    }

    @Test
    void scopesLongerThanAHeader() throws IOException {
        AM.stubFor(post("/demo/access/v1/evaluation")
                .willReturn(okJson(
                        "{\"decision\":false,\"context\":{\"reason_code\":\"scope_missing\",\"required_scopes\":[\""
                                + "s".repeat(65_536) + "\"]}}")));
        HttpResponse<String> answer = send("Bearer alice", CALL);
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(challenge(answer)).contains("error=\"insufficient_scope\"").doesNotContain("scope=");
    }

    @Test
    void clientsThatStopInTheMiddle() throws IOException {
        List<Socket> halfOpen = new ArrayList<>();
        try {
            for (int count = 0; count < 50; count++) {
                Socket socket = new Socket(url.getHost(), url.getPort());
                halfOpen.add(socket);
                socket.getOutputStream()
                        .write(
                                ("POST /mcp HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer alice\r\nContent-Length: 100\r\n\r\n{")
                                        .getBytes(StandardCharsets.US_ASCII));
            }
            assertThat(send("Bearer alice", PING).statusCode()).isEqualTo(200);
        } finally {
            for (Socket socket : halfOpen) {
                socket.close();
            }
        }
    }

    @Test
    void streamsThatNobodyReads() throws IOException {
        String session = send("Bearer alice", PING)
                .headers()
                .firstValue("Mcp-Session-Id")
                .orElseThrow();
        for (int count = 0; count < 50; count++) {
            try (Socket socket = new Socket(url.getHost(), url.getPort())) {
                socket.setSoTimeout(20_000);
                socket.getOutputStream()
                        .write(
                                ("GET /mcp HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\nAuthorization: Bearer alice\r\n"
                                                + "Mcp-Session-Id: " + session + "\r\n\r\n")
                                        .getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    private HttpResponse<String> send(String authorization, String body) throws IOException {
        return http.send(
                "POST",
                url,
                Map.of(
                        "Authorization",
                        authorization,
                        "Accept",
                        "application/json, text/event-stream",
                        "Content-Type",
                        "application/json"),
                body);
    }

    private static String challenge(HttpResponse<String> answer) {
        return answer.headers().firstValue("WWW-Authenticate").orElseThrow();
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(600), StandardCharsets.UTF_8);
        }
    }
}
