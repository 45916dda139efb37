package io.mcpaccess.openfga.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpaccess.openfga.server.testing.Host;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Host.class)
class HttpTransportTest {

    @Parameter
    private Host host;

    private HttpTransport transport;
    private ServerSocket listener;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private volatile String answer;

    @BeforeEach
    void open() throws IOException {
        transport = host.vertx().isPresent()
                ? new VertxTransport(
                        host.vertx().get(), TlsMaterial.none(), Duration.ofSeconds(5), Duration.ofSeconds(1))
                : new JavaTransport(TlsMaterial.none(), Duration.ofSeconds(5), Duration.ofSeconds(1));
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread acceptor = new Thread(this::accept, "test-server");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    @AfterEach
    void close() throws IOException {
        transport.close();
        listener.close();
    }

    @Test
    void sendsAndReadsTheWholeAnswerAndKeepsTheConnection() {
        answer = "HTTP/1.1 429 Slow\r\nRetry-After: 7\r\nContent-Length: 5\r\n\r\nhello";

        for (int i = 0; i < 10; i++) {
            WholeAnswer got = transport.send(call(Duration.ofSeconds(10), 5)).join();

            assertThat(got.status()).isEqualTo(429);
            assertThat(got.retryAfter()).isEqualTo("7");
            assertThat(got.text()).isEqualTo("hello");
        }
        assertThat(connections.get()).isLessThan(5);
    }

    @Test
    void givesUpAnAnswerThatIsLongerThanItMayBe() {
        answer = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello!";

        assertThat(transport.send(call(Duration.ofSeconds(10), 5)))
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .havingRootCause()
                .isInstanceOf(AnswerTooLargeException.class);
    }

    @Test
    void boundsTheTimeToTheLastByteAndDropsTheConnection() throws Exception {
        answer = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello";

        assertThat(transport.send(call(Duration.ofMillis(200), 100)))
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withCauseInstanceOf(TimeoutException.class);

        await("the server sees the connection end")
                .atMost(Duration.ofSeconds(60))
                .until(() -> ended.get() == 1);
    }

    @Test
    void timesOutThoughItsWorkersAreBlocked() {
        CountDownLatch nameServerAnswers = new CountDownLatch(1);
        try {
            for (int i = 0; i < 8; i++) {
                transport.execute(() -> {
                    try {
                        nameServerAnswers.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
            }
            CompletableFuture<Void> later = new CompletableFuture<>();

            transport.after(Duration.ofMillis(20), () -> later.complete(null));

            assertThat(later).succeedsWithin(Duration.ofSeconds(60));
        } finally {
            nameServerAnswers.countDown();
        }
    }

    @Test
    void endsWhatIsUnderWayBeforeItIsFreedAndTakesNothingNew() throws Exception {
        answer = "";
        CompletableFuture<WholeAnswer> underWay = transport.send(call(Duration.ofMinutes(5), 100));
        await().atMost(Duration.ofSeconds(60)).until(() -> connections.get() == 1);

        transport.close();

        assertThat(transport.send(call(Duration.ofMinutes(5), 100)))
                .as("begun too late")
                .failsWithin(Duration.ofSeconds(60));
        assertThat(underWay).as("within its grace").isNotDone();
        assertThat(underWay.handle((got, failure) -> failure))
                .as("after its grace")
                .succeedsWithin(Duration.ofSeconds(60))
                .isNotNull();
    }

    @Test
    void saysNothingOfTimersThatWereStopped() throws Exception {
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        CompletableFuture<Void> next = new CompletableFuture<>();

        transport.after(Duration.ofMillis(20), () -> stopped.complete(null)).cancel();
        transport.after(Duration.ofMillis(60), () -> next.complete(null));

        next.get(60, TimeUnit.SECONDS);
        assertThat(stopped).isNotDone();
    }

    private HttpCall call(Duration timeout, int mostBytes) {
        return new HttpCall(
                "POST",
                URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/x?y=z"),
                Map.of("Content-Type", "text/plain"),
                null,
                null,
                "body".getBytes(StandardCharsets.UTF_8),
                timeout,
                mostBytes);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                connections.incrementAndGet();
                Thread handler = new Thread(() -> handle(socket), "test-connection");
                handler.setDaemon(true);
                handler.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void handle(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            StringBuilder request = new StringBuilder();
            for (int next = in.read(); next >= 0; next = in.read()) {
                request.append((char) next);
                if (request.toString().endsWith("body")) {
                    out.write(answer.getBytes(StandardCharsets.US_ASCII));
                    out.flush();
                    request.setLength(0);
                }
            }
        } catch (IOException e) {
            // Reset is an end, too.
        } finally {
            ended.incrementAndGet();
        }
    }
}
