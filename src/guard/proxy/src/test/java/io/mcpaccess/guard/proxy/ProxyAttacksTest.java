package io.mcpaccess.guard.proxy;

import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks on the server behind, by bytes that no HTTP client would send. */
class ProxyAttacksTest extends ProxyBeforeServer {
    private static final String HIDDEN =
            "POST /mcp HTTP/1.1\r\nHost: x\r\nContent-Length: " + CALL.length() + "\r\n\r\n" + CALL;
    private static final String ALICE = "Host: x\r\nAuthorization: Bearer alice\r\n";

    private final List<String> bodies = Collections.synchronizedList(new ArrayList<>());

    @ParameterizedTest
    @ValueSource(strings = {"GET", "DELETE", "HEAD", "OPTIONS"})
    void attackARequestHiddenInTheBodyOfAnother(String method) throws Exception {
        recording();
        String answers =
                raw(method + " /mcp HTTP/1.1\r\n" + ALICE + "Content-Length: " + HIDDEN.length() + "\r\n\r\n" + HIDDEN);
        assertThat(answers).startsWith("HTTP/1.1 400").containsOnlyOnce("HTTP/1.1 ");
        answers = raw(method + " /mcp HTTP/1.1\r\n" + ALICE + "Transfer-Encoding: chunked\r\n\r\n"
                + Integer.toHexString(HIDDEN.length()) + "\r\n" + HIDDEN + "\r\n0\r\n\r\n");
        assertThat(answers).startsWith("HTTP/1.1 400").containsOnlyOnce("HTTP/1.1 ");
        assertThat(bodies).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
                "Content-Length: 5\r\nContent-Length: 60\r\n",
                "Content-Length: 5\r\nContent-Length: 5\r\n",
                "Content-Length: 5, 60\r\n",
                "Transfer-Encoding: xchunked\r\n",
                "Transfer-Encoding: chunked, identity\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
                "Content_Length: 5\r\nContent-Length: 60\r\n",
                "Transfer_Encoding: chunked\r\nContent-Length: 60\r\n",
                "Content-Length: -5\r\n",
                "Content-Length : 5\r\n",
                "Transfer-Encoding : chunked\r\n",
                "Content-Type: application/json\r\nContent-Type: text/plain\r\nContent-Length: 60\r\n",
                "Mcp-Session_Id: x\r\nContent-Length: 60\r\n"
            })
    void attackABodyWhoseEndTwoServersSeeElsewhere(String headers) throws Exception {
        recording();
        String answers = raw("POST /mcp HTTP/1.1\r\n" + ALICE + headers + "\r\n0\r\n\r\n" + HIDDEN);
        assertThat(answers).startsWith("HTTP/1.1 4").containsOnlyOnce("HTTP/1.1 ");
        assertThat(bodies).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"zz\r\n{}\r\n0\r\n\r\n", "5\r\n{}", "ffffffffffffffffff\r\n{}\r\n", "-1\r\n{}\r\n0\r\n\r\n"})
    void attackAChunkThatIsNone(String chunks) throws Exception {
        recording();
        String answer = raw("POST /mcp HTTP/1.1\r\n" + ALICE + "Transfer-Encoding: chunked\r\n\r\n" + chunks);
        // Whoever sends no chunks gets an answer or a closed connection; the next request behind them gets none.
        assertThat(answer)
                .satisfiesAnyOf(
                        text -> assertThat(text).isEmpty(),
                        text -> assertThat(text).startsWith("HTTP/1.1 400"));
        assertThat(answer).doesNotContain("Exception", "at org.", "at io.");
        assertThat(bodies).isEmpty();
    }

    @Test
    void attackASecondReaderOfTheMessage() throws Exception {
        recording();
        String twice =
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"Method\":\"tools/call\",\"params\":{\"name\":\"x\"}}";
        assertThat(send(request("alice", twice)).statusCode()).isEqualTo(400);
        assertThat(send(request("alice", "{ \"x\":1, \"method\":\"ping\",\"id\":1e0 ,\"jsonrpc\":\"2.0\"}"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(send(request("alice", " { \"x\":1, \"method\":\"ping\",\"id\":1 ,\"jsonrpc\":\"2.0\"} "))
                        .statusCode())
                .isEqualTo(200);
        assertThat(bodies).containsExactly("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}");
        assertThat(seen.get(0).get("Content-type")).containsExactly("application/json");
        assertThat(seen.get(0).get("Content-length")).containsExactly("40");
    }

    @Test
    void attackThreeHundredSlowBodiesFromNobodyHoldNobodyUp() throws Exception {
        recording();
        List<Socket> slow = new ArrayList<>();
        try {
            for (int socket = 0; socket < 320; socket++) {
                slow.add(opened("POST /mcp HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n{"));
                slow.add(opened("POST /mcp HTTP/1.1\r\n"
                        + "Host: x\r\n"
                        + "Authorization: Bearer wrong\r\n"
                        + "Content-Length: 900\r\n\r\n"
                        + "{"));
            }
            // What was sent from one address at once is checked first.
            assertThat(until(200, "alice").statusCode()).isEqualTo(200);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void attackOneUserWithManySlowBodiesHoldsNobodyElseUp() throws Exception {
        recording();
        proxy.close();
        proxy = proxy("--requests", "4");
        List<Socket> slow = new ArrayList<>();
        try {
            for (int socket = 0; socket < 4; socket++) {
                slow.add(opened("POST /mcp HTTP/1.1\r\n" + ALICE + "Content-Length: 900\r\n\r\n{"));
            }
            slow.get(3).setSoTimeout(1500);
            assertThatExceptionOfType(SocketTimeoutException.class)
                    .isThrownBy(() -> slow.get(3).getInputStream().read());
            HttpResponse<String> fifth = until(429, "alice");
            assertThat(fifth.headers().firstValue("Retry-After")).isPresent();
            assertThat(send(request("bob", PING)).statusCode()).isEqualTo(200);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
        assertThat(until(200, "alice").statusCode()).isEqualTo(200);
    }

    @Test
    void attackABoundTokenAsBearerReachesNoServer() throws Exception {
        recording();
        AM.stubFor(post("/demo/oauth/introspect")
                .withRequestBody(containing("token=bound"))
                .willReturn(okJson("{\"active\":true,\"aud\":\"" + RESOURCE
                        + "\",\"username\":\"alice\",\"cnf\":{\"jkt\":\"x\"}}")));
        HttpResponse<String> refused = send(request("bound", PING));
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate").orElseThrow())
                .startsWith("DPoP ");
        assertThat(bodies).isEmpty();
    }

    private HttpResponse<String> until(int status, String user) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> send(request(user, PING)), response -> response.statusCode() == status);
    }

    private void recording() {
        upstream.createContext("/mcp", exchange -> {
            seen.add(exchange.getRequestHeaders());
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] body = utf8("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}");
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private Socket opened(String text) throws IOException {
        URI url = URI.create(proxy.url());
        Socket socket = new Socket(url.getHost(), url.getPort());
        socket.setSoTimeout(20_000);
        socket.getOutputStream().write(utf8(text));
        return socket;
    }

    private String raw(String text) throws IOException {
        try (Socket socket = opened(text)) {
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
