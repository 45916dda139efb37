package io.mcpaccess.authzen;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.authzen.testing.AmDomain;
import io.mcpaccess.authzen.testing.SpiEngine;
import io.mcpaccess.core.decision.AccessSettings;
import java.lang.management.ManagementFactory;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that are much work, over HTTP. */
class HeavyRequestsTest {

    private static final String QUESTION = "\"subject\":{\"type\":\"user\",\"id\":\"alice\"},"
            + "\"action\":{\"name\":\"read\"},\"resource\":{\"type\":\"record\",\"id\":\"r1\"}";

    private final SpiEngine engine = new SpiEngine();
    private AmDomain domain;

    @BeforeEach
    void start() throws Exception {
        engine.permissions.add("user:alice read record:r1");
        domain = AmDomain.startedWith(engine);
    }

    @AfterEach
    void stop() {
        domain.close();
    }

    @Test
    void attack_theLargestBatchHoldsNoEventLoop() throws Exception {
        String items = String.join(",", Collections.nCopies(1000, "{}"));
        String body = "{" + QUESTION + ",\"context\":{\"v\":\"" + "x".repeat(1_800) + "\"},\"unknown\":\""
                + "y".repeat(1_000_000) + "\",\"evaluations\":[" + items + "]}";
        domain.ask("/evaluations", body);

        long before = eventLoopNanos();
        HttpResponse<String> answer = domain.ask("/evaluations", body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(Duration.ofNanos(eventLoopNanos() - before)).isLessThan(Duration.ofMillis(50));
    }

    @Test
    void aLargeBatchAndASearchAreDecidedOnWorkers() throws Exception {
        Set<String> threads = ConcurrentHashMap.newKeySet();
        domain.audit = builder -> threads.add(Thread.currentThread().getName());

        domain.ask(
                "/evaluations",
                "{" + QUESTION + ",\"evaluations\":[" + String.join(",", Collections.nCopies(500, "{}")) + "]}");
        domain.ask("/search/subject", "{" + QUESTION + "}");

        assertThat(threads).isNotEmpty().noneMatch(name -> name.contains("eventloop"));
    }

    @ParameterizedTest
    @CsvSource({
        "/evaluation",
        "/evaluations",
        "/search/subject",
        "/search/resource",
        "/search/action",
    })
    void attack_aBodyThatIsNestedDeeplyAnywhereIsRefused(String path) throws Exception {
        for (int depth : List.of(33, 500, 2_000, 100_000)) {
            for (String deep :
                    List.of("[".repeat(depth) + "]".repeat(depth), "{\"a\":".repeat(depth) + "1" + "}".repeat(depth))) {
                for (String body : List.of(
                        deep,
                        "{\"a\":" + deep + "}",
                        "{" + QUESTION + ",\"context\":{\"a\":" + deep + "}}",
                        "{\"subject\":{\"type\":\"user\",\"id\":\"alice\",\"properties\":{\"a\":" + deep + "}}}",
                        "{" + QUESTION + ",\"evaluations\":" + deep + "}",
                        "{" + QUESTION + ",\"evaluations\":[{\"context\":" + deep + "}]}",
                        "{" + QUESTION + ",\"page\":{\"token\":" + deep + "}}",
                        deep.substring(0, deep.length() / 2))) {
                    assertThat(domain.ask(path, body).statusCode()).isEqualTo(400);
                }
            }
        }
        for (String odd :
                List.of("9".repeat(2_000), "1e999999999999", "-" + "0".repeat(2_000), "0." + "1".repeat(5_000))) {
            assertThat(domain.ask(path, "{" + QUESTION + ",\"context\":{\"a\":" + odd + "}}")
                            .statusCode())
                    .as(odd.substring(0, 10))
                    .isIn(200, 400);
        }
    }

    @Test
    void attack_aCallerThatMayNotAskSearchesAllTheSame() throws Exception {
        engine.settings = new AccessSettings(
                engine.settings.scopeCheck(),
                engine.settings.unknownTools(),
                engine.settings.sharedToolNames(),
                engine.settings.subject(),
                engine.settings.toolObject(),
                false,
                "can_use",
                false,
                Set.of("another"),
                engine.settings.permissionMode(),
                Set.of(),
                engine.settings.agentSubject(),
                engine.settings.boundTokens());
        engine.asked.clear();
        HttpResponse<String> answer = domain.ask("/search/subject", "{" + QUESTION + "}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"reason_code\":\"caller_not_allowed\"", "\"results\":[]");
        assertThat(engine.asked).isEmpty();
    }

    private static long eventLoopNanos() {
        var threads = ManagementFactory.getThreadMXBean();
        long sum = 0;
        for (var info : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (info != null && info.getThreadName().contains("eventloop")) {
                sum += Math.max(0, threads.getThreadCpuTime(info.getThreadId()));
            }
        }
        return sum;
    }
}
