package io.mcpaccess.samples.proxy;

import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GuardProxyTest {
    private static final String RESOURCE = "https://files.example/mcp";
    private static final String YES =
            "{\"decision\":true,\"context\":{\"layers\":[\"token\",\"scope\",\"permission\"]}}";
    private static final String NO = "{\"decision\":false,\"context\":{\"reason_code\":\"permission_denied\"}}";
    private static final String CALL =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"read_file\"}}";
    private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}";
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"ping\"}";

    @RegisterExtension
    static final WireMockExtension AM = WireMockExtension.newInstance().build();

    private final List<Headers> seen = Collections.synchronizedList(new ArrayList<>());
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer upstream;
    private GuardProxy proxy;

    @BeforeEach
    void start() throws Exception {
        upstream = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        upstream.setExecutor(threads);
        upstream.start();
        proxy = proxy();
        for (String user : List.of("alice", "bob")) {
            AM.stubFor(post("/demo/oauth/introspect")
                    .withRequestBody(containing("token=" + user))
                    .willReturn(
                            okJson("{\"active\":true,\"aud\":\"" + RESOURCE + "\",\"username\":\"" + user + "\"}")));
        }
        AM.stubFor(post("/demo/access/v1/evaluation").willReturn(okJson(YES)));
    }

    @AfterEach
    void stop() {
        proxy.close();
        upstream.stop(0);
        threads.shutdownNow();
    }

    @Test
    void passesAStreamOnWhileTheServerStillWrites() throws Exception {
        CountDownLatch firstWasSeen = new CountDownLatch(1);
        answer(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            out.write(utf8("data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\"}\n\n"));
            out.flush();
            boolean waited = await(firstWasSeen);
            out.write(utf8("data: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"inTime\":" + waited + "}}\n\n"));
        });
        HttpResponse<InputStream> response =
                client.send(request("alice", CALL).build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/event-stream");
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).contains("notifications/progress");
            firstWasSeen.countDown();
            assertThat(lines.readLine()).isEmpty();
            assertThat(lines.readLine()).contains("\"inTime\":true");
        }
    }

    @Test
    void filtersAStreamWhileTheServerStillWrites() throws Exception {
        AM.stubFor(
                post("/demo/access/v1/evaluations").willReturn(okJson("{\"evaluations\":[" + YES + "," + NO + "]}")));
        CountDownLatch firstWasSeen = new CountDownLatch(1);
        answer(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            out.write(
                    utf8(": here\n\ndata: {\"id\":2,\"result\":{\"tools\":[{\"name\":\"a\"},{\"name\":\"b\"}]}}\n\n"));
            out.flush();
            await(firstWasSeen);
            out.write(utf8("data: {\"id\":2,\"result\":{\"tools\":[{\"name\":\"b\"}\n\n"));
        });
        HttpResponse<InputStream> response =
                client.send(request("alice", LIST).build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.headers().firstValue("Cache-Control")).contains("private, no-store");
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).isEqualTo(": here");
            assertThat(lines.readLine()).isEmpty();
            assertThat(lines.readLine()).contains("\"a\"").doesNotContain("\"b\"");
            firstWasSeen.countDown();
            assertThat(lines.lines().toList())
                    .allSatisfy(line -> assertThat(line).isEmpty());
        }
    }

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

    @Test
    void doesNotWaitForEverForASilentServer() throws Exception {
        proxy.close();
        proxy = proxy("--answer-seconds", "1", "--idle-seconds", "1");
        CountDownLatch never = new CountDownLatch(1);
        answer(exchange -> await(never));
        assertThat(send(request("alice", PING)).statusCode()).isEqualTo(504);
        upstream.removeContext("/mcp");
        answer(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(utf8(": here\n\n"));
            exchange.getResponseBody().flush();
            await(never);
        });
        HttpResponse<InputStream> stream =
                client.send(request("alice", PING).build(), HttpResponse.BodyHandlers.ofInputStream());
        String read = "";
        try (InputStream body = stream.body()) {
            read = new String(body.readNBytes(8), StandardCharsets.UTF_8);
            assertThat(body.read()).isEqualTo(-1);
        } catch (IOException cutOff) {
            assertThat(cutOff).isNotInstanceOf(java.net.http.HttpTimeoutException.class);
        }
        assertThat(read).isEqualTo(": here\n\n");
        never.countDown();
    }

    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private void answer(Answer answer) {
        upstream.createContext("/mcp", exchange -> {
            seen.add(exchange.getRequestHeaders());
            exchange.getRequestBody().readAllBytes();
            try {
                answer.to(exchange);
            } finally {
                exchange.close();
            }
        });
    }

    private void json(String body) {
        answer(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length());
            exchange.getResponseBody().write(utf8(body));
        });
    }

    private GuardProxy proxy(String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "--upstream",
                "http://" + address() + "/mcp",
                "--domain",
                AM.baseUrl() + "/demo",
                "--resource",
                RESOURCE,
                "--port",
                "0",
                "--body-bytes",
                "1000"));
        arguments.addAll(List.of(more));
        return GuardProxy.start(
                ProxySettings.read(arguments, Map.of("GUARD_CLIENT_ID", "files-mcp", "GUARD_CLIENT_SECRET", "s2")));
    }

    private String address() {
        return "127.0.0.1:" + upstream.getAddress().getPort();
    }

    private HttpRequest.Builder request(String token, String body) {
        return HttpRequest.newBuilder(URI.create(proxy.url()))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
