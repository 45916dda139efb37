package io.mcpaccess.guard.proxy.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mcpaccess.guard.Caller;
import io.mcpaccess.guard.CallerLimits;
import io.mcpaccess.guard.GuardConfiguration;
import io.mcpaccess.guard.GuardDecision;
import io.mcpaccess.guard.Limits;
import io.mcpaccess.guard.McpGuard;
import io.mcpaccess.guard.http.AmCalls;
import io.mcpaccess.guard.http.RemoteCall;
import io.mcpaccess.guard.proxy.answer.ClientAnswer;
import io.mcpaccess.guard.proxy.identity.CallerHeaders;
import io.mcpaccess.guard.proxy.observe.Observer;
import io.mcpaccess.guard.proxy.upstream.AllowedRequest;
import io.mcpaccess.guard.proxy.upstream.Upstream;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests that must end, whatever happens behind. */
class FrontTest {
    private static final String RESOURCE = "https://files.example/mcp";
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"ping\"}";
    private static final long PATIENCE = 60;
    private static final Duration UNREAD = Duration.ofSeconds(3);
    /** More than the buffers of both systems take. */
    private static final int LONG_ANSWER = 1 << 25;

    private final Vertx vertx = Vertx.vertx();
    private final Connections connections = new Connections(100, UNREAD);
    private final BlockingQueue<Boolean> notedOnEventLoop = new LinkedBlockingQueue<>();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private BiConsumer<AllowedRequest, ClientAnswer> behind =
            (request, answer) -> answer.whole(200, MultiMap.caseInsensitiveMultiMap(), Buffer.buffer("{}"));
    private int port;

    @BeforeEach
    void listen() throws Exception {
        AmCalls am = new AmCalls() {
            @Override
            public CompletableFuture<RemoteCall.Answer> post(URI target, Map<String, String> headers, String body) {
                String json = "{\"active\":true,\"aud\":\"" + RESOURCE + "\",\"username\":\"alice\"}";
                return CompletableFuture.completedFuture(
                        new RemoteCall.Answer(200, json.getBytes(StandardCharsets.UTF_8)));
            }

            @Override
            public CompletableFuture<RemoteCall.Answer> get(URI target) {
                return post(target, Map.of(), "");
            }
        };
        Limits one = Limits.usual().withCallers(new CallerLimits(1, 1, 64, Duration.ofSeconds(10)));
        McpGuard guard = new McpGuard(
                GuardConfiguration.of("https://am.example/demo", RESOURCE, "files-mcp", "s2")
                        .withLimits(one),
                Clock.systemUTC(),
                am);
        Upstream upstream = new Upstream() {
            @Override
            public void pass(AllowedRequest request, ClientAnswer answer) {
                behind.accept(request, answer);
            }

            @Override
            public void retire() {
                // It holds nothing.
            }

            @Override
            public Future<Void> close() {
                return Future.succeededFuture();
            }
        };
        GuardedServer server = new GuardedServer(
                "files", "/mcp", guard, new CallerHeaders(true, Optional.empty()), upstream, new Uses());
        Front front = new Front(vertx, connections, this::noting, new Routes(List.of(server), "{}"));
        HttpServer http = vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1"))
                .requestHandler(front)
                .connectionHandler(connections::opened);
        port = done(http.listen(0)).actualPort();
    }

    @AfterEach
    void stop() throws Exception {
        done(vertx.close());
    }

    @Test
    void attackARequestThatCannotBeSentOnEndsAllTheSame() throws Exception {
        behind = (request, answer) -> {
            throw new IllegalArgumentException("a header that no client sends");
        };
        // One place of the caller's: a request that does not end would keep it.
        for (int attempt = 0; attempt < 3; attempt++) {
            HttpResponse<String> answer = send(PING);
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).doesNotContain("header");
        }
    }

    @Test
    void attackALongRefusedMessageIsReadAgainWhereNoEventLoopWaits() throws Exception {
        String padded =
                PING.replace("ping", "made/up").replace("}", ",\"params\":{\"x\":\"" + "x".repeat(100_000) + "\"}}");
        assertThat(send(padded).body()).contains("Method not found");
        assertThat(notedOnEventLoop.poll(PATIENCE, TimeUnit.SECONDS)).isFalse();
        send(PING);
        assertThat(notedOnEventLoop.poll(PATIENCE, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void attackWhoeverReadsNoAnswerGetsNoMoreOfThem() throws Exception {
        byte[] many = "GET /mcp HTTP/1.1\r\nHost: x\r\n\r\n".repeat(1000).getBytes(StandardCharsets.US_ASCII);
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(4096);
            socket.connect(new InetSocketAddress("127.0.0.1", port));
            assertThatThrownBy(() -> {
                        for (int part = 0; part < 200; part++) {
                            socket.getOutputStream().write(many);
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void attackAClientThatReadsNothingOfAWholeAnswerKeepsNeitherPlaceNorConnection() throws Exception {
        Buffer much = Buffer.buffer(new byte[LONG_ANSWER]);
        behind = (request, answer) -> answer.whole(200, MultiMap.caseInsensitiveMultiMap(), much);
        readsNothing();
    }

    @Test
    void attackAClientThatReadsNothingOfABodyThatComesInPartsKeepsNeitherPlaceNorConnection() throws Exception {
        CountDownLatch stopped = new CountDownLatch(1);
        behind = (request, answer) -> {
            answer.begin(200, MultiMap.caseInsensitiveMultiMap(), OptionalLong.empty());
            answer.onGone(stopped::countDown);
            answer.write(Buffer.buffer(new byte[LONG_ANSWER]));
        };
        readsNothing();
        assertThat(stopped.await(PATIENCE, TimeUnit.SECONDS))
                .as("the server behind is told")
                .isTrue();
    }

    @Test
    void attackAnAnswerThatBreaksOffUnreadLeavesNoConnectionBehind() throws Exception {
        behind = (request, answer) -> {
            answer.begin(200, MultiMap.caseInsensitiveMultiMap(), OptionalLong.empty());
            answer.write(Buffer.buffer(new byte[LONG_ANSWER]));
            answer.breakOff();
        };
        readsNothing();
    }

    @Test
    void whoReadsSlowlyGetsTheWholeAnswer() throws Exception {
        Buffer much = Buffer.buffer(new byte[LONG_ANSWER]);
        behind = (request, answer) -> answer.whole(200, MultiMap.caseInsensitiveMultiMap(), much);
        try (Socket socket = asked()) {
            InputStream input = socket.getInputStream();
            long began = System.nanoTime();
            long read = 0;
            // Longer than the patience in all, with no pause that is as long.
            while (read < LONG_ANSWER) {
                read += input.readNBytes(1 << 21).length;
                notedOnEventLoop.poll(300, TimeUnit.MILLISECONDS);
            }
            assertThat(System.nanoTime() - began).isGreaterThan(UNREAD.toNanos());
        }
    }

    /** The caller has one place: another request of the same gets through when it is free again. */
    private void readsNothing() throws Exception {
        try (Socket socket = asked()) {
            await().atMost(Duration.ofSeconds(PATIENCE)).until(() -> connections.count() == 1);
            await().atMost(Duration.ofSeconds(PATIENCE)).until(() -> connections.count() == 0);
            behind = (request, answer) -> answer.whole(200, MultiMap.caseInsensitiveMultiMap(), Buffer.buffer("{}"));
            assertThat(send(PING).statusCode()).isEqualTo(200);
            assertThat(socket.isClosed())
                    .as("the client would still have waited")
                    .isFalse();
        }
    }

    private Socket asked() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        socket.getOutputStream()
                .write(
                        ("POST /mcp HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer alice\r\nContent-Type: application/json\r\n"
                                        + "Content-Length: " + PING.length() + "\r\n\r\n" + PING)
                                .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void attackAWrongRequestOnAConnectionOfManyEndsNobodyElses() throws Exception {
        CompletableFuture<ClientAnswer> waiting = new CompletableFuture<>();
        behind = (request, answer) -> waiting.complete(answer);
        var http2 = vertx.createHttpClient(
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false),
                new PoolOptions().setHttp2MaxSize(1));
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI("/mcp");
        Future<Integer> others = http2.request(new RequestOptions(options).putHeader("Authorization", "Bearer alice"))
                .compose(request -> request.send(PING))
                .map(response -> response.statusCode());
        ClientAnswer answer = waiting.get(PATIENCE, TimeUnit.SECONDS);
        int wrong = done(http2.request(new RequestOptions(options).setURI("/mcp#x"))
                .compose(request -> request.send(PING))
                .map(response -> response.statusCode()));
        assertThat(wrong).isEqualTo(400);
        vertx.setTimer(100, later -> answer.whole(200, MultiMap.caseInsensitiveMultiMap(), Buffer.buffer("{}")));
        assertThat(done(others)).isEqualTo(200);
    }

    private HttpResponse<String> send(String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/mcp"))
                        .timeout(Duration.ofSeconds(PATIENCE))
                        .header("Authorization", "Bearer alice")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private Observer.Request noting(String server, String httpMethod, String traceparent) {
        return new Observer.Request() {
            @Override
            public void decided(GuardDecision decision, Optional<Caller> caller, byte[] body) {
                notedOnEventLoop.add(Context.isOnEventLoopThread());
            }

            @Override
            public Map<String, String> traceHeaders() {
                return Map.of();
            }

            @Override
            public void ended(int status) {
                // Nothing is counted here.
            }
        };
    }

    private static <T> T done(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(PATIENCE, TimeUnit.SECONDS);
    }
}
