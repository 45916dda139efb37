package io.mcpaccess.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AttackTest {

    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private volatile int length;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            String question = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add(question + " of " + exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] answer = ("answer to " + question).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(question.equals("q3") ? 503 : 200, length == 0 ? 0 : answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void putsEveryQuestionByTurnsAndCountsWhatIsNotAnswered() throws Exception {
        length = 1;
        Answers answers = new Attack(side(4), 2).fast(8);

        assertThat(asked)
                .containsExactlyInAnyOrder(
                        "q0 of me", "q0 of me", "q1 of me", "q1 of me", "q2 of me", "q2 of me", "q3 of me", "q3 of me");
        assertThat(answers.count()).isEqualTo(8);
        assertThat(answers.faults()).isEqualTo(Map.of(503, 2L));
        assertThat(answers.errors()).isEqualTo(2);
        assertThat(answers.perSecond()).isPositive();
    }

    @Test
    void atAFixedRateItPutsSoMany() throws Exception {
        length = 1;
        Answers answers = new Attack(side(3), 2).paced(100, Duration.ofMillis(250));

        assertThat(answers.count()).isEqualTo(25);
        assertThat(answers.nanos())
                .isGreaterThanOrEqualTo(Duration.ofMillis(240).toNanos());
    }

    @Test
    void readsAnswersInChunksAndOfAKnownLength() throws IOException {
        for (int each : new int[] {0, 1}) {
            length = each;
            Side side = side(2);
            try (Connection connection = new Connection(side.server())) {
                assertThat(connection.ask(side.requests().get(0))).isEqualTo(200);
                assertThat(connection.body()).isEqualTo("answer to q0");
                assertThat(connection.ask(side.requests().get(1))).isEqualTo(200);
                assertThat(connection.body()).isEqualTo("answer to q1");
            }
        }
    }

    private Side side(int questions) {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/ask");
        return Side.posting("side", url, "me", questions, i -> "q" + i);
    }
}
