package io.mcpaccess.guard.proxy;

import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.mcpaccess.guard.proxy.settings.ProxyFlags;
import io.mcpaccess.guard.proxy.settings.ProxySettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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
import org.junit.jupiter.api.extension.RegisterExtension;

/** A proxy, and an MCP server behind it whose answers a test writes. */
abstract class ProxyBeforeServer {
    static final String RESOURCE = "https://files.example/mcp";
    static final String YES = "{\"decision\":true,\"context\":{\"layers\":[\"token\",\"scope\",\"permission\"]}}";
    static final String NO = "{\"decision\":false,\"context\":{\"reason_code\":\"permission_denied\"}}";
    static final String CALL =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"read_file\"}}";
    static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}";
    static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"ping\"}";

    @RegisterExtension
    static final WireMockExtension AM = WireMockExtension.newInstance().build();

    final List<Headers> seen = Collections.synchronizedList(new ArrayList<>());
    final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    final ExecutorService threads = Executors.newCachedThreadPool();
    HttpServer upstream;
    GuardProxy proxy;

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

    interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    void answer(Answer answer) {
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

    void json(String body) {
        answer(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length());
            exchange.getResponseBody().write(utf8(body));
        });
    }

    GuardProxy proxy(String... more) throws Exception {
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
        return GuardProxy.start(patient(
                ProxyFlags.read(arguments, Map.of("GUARD_CLIENT_ID", "files-mcp", "GUARD_CLIENT_SECRET", "s2"))));
    }

    /** The machine may be busy, and AM's answers are not what is tested here. */
    private static ProxySettings patient(ProxySettings given) {
        return given.withServers(server -> server.withGuard(server.guard()
                .withLimits(server.guard().limits().withTimeouts(Duration.ofSeconds(20), Duration.ofSeconds(20)))));
    }

    String address() {
        return "127.0.0.1:" + upstream.getAddress().getPort();
    }

    HttpRequest.Builder request(String token, String body) {
        return HttpRequest.newBuilder(URI.create(proxy.url()))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    static boolean await(CountDownLatch latch) {
        try {
            return latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
