package io.mcpaccess.guard.proxy;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Requests and answers: what goes through the proxy, and what does not. */
class GuardProxyTest extends ProxyBeforeServer {
    @Test
    void case03_hidesTheClientsTokenAndAllThatIsNotMcpFromTheServer() throws Exception {
        json("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}");
        HttpResponse<String> response = send(request("alice", CALL)
                .header("Cookie", "session=1")
                .header("X-Forwarded-For", "10.0.0.1")
                .header("Proxy-Authorization", "Basic eA==")
                .header("TE", "trailers")
                .header("Accept-Encoding", "gzip")
                .header("Mcp-Param-Region", "eu")
                .header("MCP-Protocol-Version", "2025-11-25"));
        assertThat(response.statusCode()).isEqualTo(200);
        Headers headers = seen.get(0);
        assertThat(headers.keySet())
                .doesNotContain(
                        "Authorization", "Cookie", "X-forwarded-for", "Proxy-authorization", "Te", "Accept-encoding");
        assertThat(headers.toString()).doesNotContain("alice");
        assertThat(headers.getFirst("Mcp-Param-Region")).isEqualTo("eu");
        assertThat(headers.getFirst("MCP-Protocol-Version")).isEqualTo("2025-11-25");
        assertThat(headers.getFirst("Host")).isEqualTo(address());
    }

    @Test
    void takesNoHeaderForHopByHopThatTheClientCallsSo() throws Exception {
        json("{\"jsonrpc\":\"2.0\",\"id\":3,\"result\":{}}");
        URI url = URI.create(proxy.url());
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(utf8(
                            "POST /mcp HTTP/1.1\r\nHost: x\r\nConnection: close, X-Hop\r\nX-Hop: 1\r\nKeep-Alive: 5\r\n"
                                    + "Authorization: Bearer alice\r\nContent-Length: " + PING.length() + "\r\n\r\n"
                                    + PING));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200")
                    .contains("result");
        }
        assertThat(seen.get(0).keySet()).doesNotContain("X-hop", "Keep-alive", "Authorization");
        assertThat(seen.get(0).getFirst("Connection")).isNotEqualTo("close, X-Hop");
    }

    @Test
    void passesNeitherPathNorQueryOn() throws Exception {
        json("{\"jsonrpc\":\"2.0\",\"id\":3,\"result\":{}}");
        List<String> asked = Collections.synchronizedList(new ArrayList<>());
        upstream.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        for (String path : List.of("/mcp/../admin", "/mcp/x", "/admin", "/")) {
            HttpRequest.Builder other =
                    request("alice", PING).uri(URI.create(proxy.url().replace("/mcp", path)));
            assertThat(send(other).statusCode()).as(path).isIn(400, 404, 405);
        }
        assertThat(send(request("alice", PING).uri(URI.create(proxy.url() + "?access_token=alice")))
                        .statusCode())
                .isEqualTo(200);
        assertThat(asked).isEmpty();
    }

    @Test
    void asksNothingOfTheServerWithoutAToken() throws Exception {
        json("{}");
        HttpResponse<String> response =
                send(HttpRequest.newBuilder(URI.create(proxy.url())).POST(HttpRequest.BodyPublishers.ofString(CALL)));
        assertThat(response.statusCode()).isEqualTo(401);
        AM.stubFor(post("/demo/access/v1/evaluation").willReturn(okJson(NO)));
        assertThat(send(request("alice", CALL)).body()).contains("isError");
        assertThat(seen).isEmpty();
    }

    @Test
    void keepsTheServersSessionIdToItself() throws Exception {
        answer(exchange -> {
            exchange.getResponseHeaders().set("Mcp-Session-Id", "s1");
            exchange.sendResponseHeaders(202, -1);
        });
        String session = send(request("alice", PING))
                .headers()
                .firstValue("Mcp-Session-Id")
                .orElseThrow();
        assertThat(session).startsWith("s1.");
        assertThat(send(request("alice", PING).header("Mcp-Session-Id", session))
                        .statusCode())
                .isEqualTo(202);
        assertThat(seen.get(1).get("Mcp-Session-Id")).containsExactly("s1");
        assertThat(send(request("bob", PING).header("Mcp-Session-Id", session)).statusCode())
                .isEqualTo(404);
        assertThat(seen).hasSize(2);
    }

    @Test
    void refusesABodyThatIsTooLong() throws Exception {
        json("{}");
        assertThat(send(request("alice", PING + " ".repeat(2000))).statusCode()).isEqualTo(413);
        assertThat(seen).isEmpty();
    }

    @Test
    void saysSoWhenTheServerIsAwayOrItsAnswerIsUnusable() throws Exception {
        for (int status : new int[] {401, 302, 307}) {
            answer(exchange -> exchange.sendResponseHeaders(status, -1));
            assertThat(send(request("alice", PING)).statusCode()).isEqualTo(502);
            upstream.removeContext("/mcp");
        }
        answer(exchange -> {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, -1);
        });
        assertThat(send(request("alice", PING)).statusCode()).isEqualTo(502);
        upstream.stop(0);
        HttpResponse<String> away = send(request("alice", PING));
        assertThat(away.statusCode()).isEqualTo(502);
        assertThat(away.body()).contains("-32603");
    }

    @Test
    void passesTheServersOwnErrorsOn() throws Exception {
        for (int status : new int[] {400, 403, 404, 405, 500}) {
            answer(exchange -> exchange.sendResponseHeaders(status, -1));
            assertThat(send(request("alice", PING)).statusCode()).isEqualTo(status);
            upstream.removeContext("/mcp");
        }
    }
}
