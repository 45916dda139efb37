package io.mcpaccess.guard.proxy.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.StreamResetException;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers on a connection of HTTP/2 whose client gives windows as it likes. */
class ClientAnswerHttp2Test {
    private static final long PATIENCE = 60;
    private static final Duration UNREAD = Duration.ofSeconds(1);
    /** More than the buffers of both systems take. */
    private static final int LONG_ANSWER = 1 << 25;

    private static final int HEADERS = 1;
    private static final int SETTINGS = 4;
    private static final int WINDOW_UPDATE = 8;
    private static final int END_OF_STREAM_AND_HEADERS = 5;
    private static final int INITIAL_WINDOW_SIZE = 4;

    private final Vertx vertx = Vertx.vertx();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private final CompletableFuture<Void> cutOff = new CompletableFuture<>();
    private final CompletableFuture<HttpConnection> opened = new CompletableFuture<>();
    private Consumer<ClientAnswer> behind = answer -> {};
    private int port;

    @BeforeEach
    void listen() throws Exception {
        port = done(vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1"))
                        .connectionHandler(connection -> {
                            opened.complete(connection);
                            connection.closeHandler(closed -> cutOff.complete(null));
                        })
                        .requestHandler(request -> {
                            ClientAnswer answer = new ClientAnswer(vertx, request, UNREAD);
                            if (request.path().equals("/other")) {
                                whole(answer, 2);
                                return;
                            }
                            answer.onEnd(() -> ended.complete(null));
                            answer.onGone(() -> stopped.complete(null));
                            behind.accept(answer);
                        })
                        .listen(0))
                .actualPort();
    }

    @AfterEach
    void stop() throws Exception {
        done(vertx.close());
    }

    @Test
    void attackAWindowOfOneByteLeavesNothingOfAnEndedAnswerBehind() throws Exception {
        behind = answer -> whole(answer, 10_000);
        HttpClient client = client(1);
        CompletableFuture<Throwable> broken = new CompletableFuture<>();
        client.request(HttpMethod.GET, port, "127.0.0.1", "/")
                .compose(request ->
                        request.send().onSuccess(response -> response.pause().exceptionHandler(broken::complete)));

        assertThat(broken.get(PATIENCE, TimeUnit.SECONDS)).isInstanceOf(StreamResetException.class);
        ended.get(PATIENCE, TimeUnit.SECONDS);
        assertThat(body(client, "/other"))
                .as("others on the same connection read on")
                .hasSize(2);
        assertThat(cutOff).isNotDone();
    }

    @Test
    void attackAWindowOfOneByteStopsTheServerOfABodyInParts() throws Exception {
        behind = answer -> {
            answer.begin(200, MultiMap.caseInsensitiveMultiMap(), OptionalLong.empty());
            answer.write(Buffer.buffer(new byte[10_000]));
        };
        client(1)
                .request(HttpMethod.GET, port, "127.0.0.1", "/")
                .compose(request -> request.send().onSuccess(HttpClientResponse::pause));

        stopped.get(PATIENCE, TimeUnit.SECONDS);
        ended.get(PATIENCE, TimeUnit.SECONDS);
    }

    @Test
    void attackAClientThatDoesNotEvenTakeTheResetIsCutOff() throws Exception {
        behind = answer -> whole(answer, LONG_ANSWER);
        try (Socket socket = asked(Integer.MAX_VALUE)) {
            ended.get(PATIENCE, TimeUnit.SECONDS);
            cutOff.get(PATIENCE, TimeUnit.SECONDS);
            assertThat(socket.isClosed()).isFalse();
        }
    }

    @Test
    void attackAWindowBelowZeroKeepsNoAnswerThatWaitsForItsEnd() throws Exception {
        CompletableFuture<ClientAnswer> begun = new CompletableFuture<>();
        behind = answer -> {
            answer.begin(200, MultiMap.caseInsensitiveMultiMap(), OptionalLong.empty());
            answer.write(Buffer.buffer(new byte[1]));
            begun.complete(answer);
        };
        try (Socket socket = asked(1)) {
            ClientAnswer answer = begun.get(PATIENCE, TimeUnit.SECONDS);
            CompletableFuture<Void> narrowed = new CompletableFuture<>();
            opened.get().remoteSettingsHandler(settings -> {
                answer.end();
                narrowed.complete(null);
            });
            socket.getOutputStream().write(window(0));
            narrowed.get(PATIENCE, TimeUnit.SECONDS);
            ended.get(PATIENCE, TimeUnit.SECONDS);
            assertThat(cutOff).as("the stream alone is reset").isNotDone();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 10_000, 1 << 16, 300_001})
    void whoReadsGetsTheWholeAnswer(int length) throws Exception {
        behind = answer -> whole(answer, length);
        assertThat(body(client(1000), "/")).hasSize(length);
        ended.get(PATIENCE, TimeUnit.SECONDS);
        assertThat(stopped).as("a whole answer stops nothing").isNotDone();
    }

    @Test
    void anAnswerThatBreaksOffDoesNotLookWhole() throws Exception {
        behind = answer -> {
            answer.begin(200, MultiMap.caseInsensitiveMultiMap(), OptionalLong.empty());
            answer.write(Buffer.buffer("half"));
            answer.breakOff();
        };
        Throwable broken = client(1000)
                .request(HttpMethod.GET, port, "127.0.0.1", "/")
                .compose(request -> request.send().compose(HttpClientResponse::body))
                .toCompletionStage()
                .handle((body, failure) -> failure)
                .toCompletableFuture()
                .get(PATIENCE, TimeUnit.SECONDS);
        assertThat(broken).isInstanceOf(StreamResetException.class);
        ended.get(PATIENCE, TimeUnit.SECONDS);
    }

    @Test
    void aClientThatGoesInTheMiddleEndsItsAnswer() throws Exception {
        behind = answer -> {
            answer.begin(200, MultiMap.caseInsensitiveMultiMap(), OptionalLong.empty());
            answer.sendHead();
        };
        Socket socket = asked(1);
        await().atMost(Duration.ofSeconds(PATIENCE)).until(opened::isDone);
        socket.close();
        stopped.get(PATIENCE, TimeUnit.SECONDS);
        ended.get(PATIENCE, TimeUnit.SECONDS);
    }

    private static void whole(ClientAnswer answer, int length) {
        answer.whole(200, MultiMap.caseInsensitiveMultiMap(), Buffer.buffer(new byte[length]));
    }

    private HttpClient client(int window) {
        return vertx.createHttpClient(
                new HttpClientOptions()
                        .setProtocolVersion(HttpVersion.HTTP_2)
                        .setHttp2ClearTextUpgrade(false)
                        .setInitialSettings(new Http2Settings().setInitialWindowSize(window)),
                new PoolOptions().setHttp2MaxSize(1));
    }

    private byte[] body(HttpClient client, String path) throws Exception {
        return done(client.request(HttpMethod.GET, port, "127.0.0.1", path)
                        .compose(request -> request.send().compose(HttpClientResponse::body)))
                .getBytes();
    }

    /** A request by hand, of a client that takes nothing out of its socket. */
    private Socket asked(int window) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        sent.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        sent.write(window(window));
        sent.write(frame(WINDOW_UPDATE, 0, 0, new byte[] {0x7f, (byte) 0xff, 0, 0}));
        // HPACK's table: GET, http, "/", and an authority of one letter.
        sent.write(frame(
                HEADERS, END_OF_STREAM_AND_HEADERS, 1, new byte[] {(byte) 0x82, (byte) 0x86, (byte) 0x84, 0x41, 1, 'x'
                }));
        socket.getOutputStream().write(sent.toByteArray());
        return socket;
    }

    private static byte[] window(int size) throws IOException {
        ByteArrayOutputStream setting = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(setting);
        out.writeShort(INITIAL_WINDOW_SIZE);
        out.writeInt(size);
        return frame(SETTINGS, 0, 0, setting.toByteArray());
    }

    private static byte[] frame(int type, int flags, int stream, byte[] content) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(frame);
        out.writeByte(0);
        out.writeShort(content.length);
        out.writeByte(type);
        out.writeByte(flags);
        out.writeInt(stream);
        out.write(content);
        return frame.toByteArray();
    }

    private static <T> T done(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(PATIENCE, TimeUnit.SECONDS);
    }
}
