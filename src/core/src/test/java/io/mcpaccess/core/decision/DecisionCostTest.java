package io.mcpaccess.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.mcpaccess.core.authzen.Action;
import io.mcpaccess.core.authzen.AuthZenReader;
import io.mcpaccess.core.authzen.Decision;
import io.mcpaccess.core.authzen.EvaluationRequest;
import io.mcpaccess.core.authzen.EvaluationsRequest;
import io.mcpaccess.core.authzen.Resource;
import io.mcpaccess.core.authzen.Subject;
import io.mcpaccess.core.spi.EngineOperations;
import io.mcpaccess.core.spi.EngineSpiAdapter;
import io.mcpaccess.core.spi.EngineSpiClient;
import io.mcpaccess.core.spi.EngineTerms;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a decision costs, counted and not timed: bytes that it leaves to the garbage collector, and calls of the engine. */
class DecisionCostTest {

    private static final int TIMES = 5_000;
    private static final EvaluationRequest QUESTION =
            EvaluationRequest.of(Subject.of("user", "alice"), Action.of("can_call"), Resource.of("document", "plan"));

    private final AtomicInteger calls = new AtomicInteger();

    /** From the question to the outcome, the engine SPI in between with both of its sides. A little above what it is. */
    @Test
    void oneDecisionLeavesLittleGarbage() {
        DecisionPipeline pipeline = pipeline();
        Pep pep = new Pep("agent", Pep.Kind.APPLICATION);

        long bytes = bytesOfEach(() -> assertPermitted(pipeline.decide(pep, QUESTION)));

        assertThat(bytes).as("bytes a decision").isLessThan(4_000);
    }

    /** From the body to the outcomes. A little above what it is. */
    @Test
    void anItemOfABatchLeavesLessGarbageThanAQuestionByItself() {
        DecisionPipeline pipeline = pipeline();
        Pep pep = new Pep("agent", Pep.Kind.APPLICATION);
        AuthZenReader reader = new AuthZenReader();
        byte[] body = body(50);

        long bytes = bytesOfEach(() -> {
            EvaluationsRequest.Batch batch = (EvaluationsRequest.Batch) reader.readEvaluations(body);
            assertPermitted(pipeline.decideAll(pep, batch.items(), batch.semantic()), 50);
        });

        assertThat(bytes / 50).as("bytes an item").isLessThan(2_300);
    }

    @Test
    void oneRequestAsksTheEngineOnceHoweverManyItemsItHas() {
        List<EvaluationRequest> questions = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            questions.add(EvaluationRequest.of(
                    Subject.of("user", "alice"), Action.of("can_call"), Resource.of("document", "d" + i)));
        }

        pipeline().preview(new Pep("agent", Pep.Kind.APPLICATION), questions);

        assertThat(calls).hasValue(1);
    }

    private static void assertPermitted(CompletionStage<Outcome> outcome) {
        if (!outcome.toCompletableFuture().join().isAllowed()) {
            throw new AssertionError("not permitted");
        }
    }

    private static void assertPermitted(CompletionStage<List<Decision>> decisions, int number) {
        List<Decision> all = decisions.toCompletableFuture().join();
        if (all.size() != number || !all.stream().allMatch(Decision::isAllowed)) {
            throw new AssertionError("not permitted");
        }
    }

    private static byte[] body(int items) {
        StringBuilder body = new StringBuilder(
                "{\"subject\":{\"type\":\"user\",\"id\":\"alice\"},\"action\":{\"name\":\"can_call\"},\"evaluations\":[");
        for (int i = 0; i < items; i++) {
            body.append(i == 0 ? "" : ",")
                    .append("{\"resource\":{\"type\":\"document\",\"id\":\"d")
                    .append(i)
                    .append("\"}}");
        }
        return body.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static long bytesOfEach(Runnable work) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < TIMES; i++) {
            work.run();
        }
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < TIMES; i++) {
                work.run();
            }
            least = Math.min(least, (threads.getCurrentThreadAllocatedBytes() - before) / TIMES);
        }
        return least;
    }

    private DecisionPipeline pipeline() {
        EngineOperations engine = (EngineOperations) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {EngineOperations.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("evaluations")) {
                        calls.incrementAndGet();
                        Decision permitted = new Decision(true, Map.of("reason_code", "permitted"));
                        return CompletableFuture.completedStage(
                                Collections.nCopies(((List<?>) arguments[0]).size(), permitted));
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
        EngineOperations spi = EngineSpiClient.of(new EngineSpiAdapter(engine)).orElseThrow();
        EngineTerms terms = new EngineTerms(AccessSettings.DEFAULTS, AuditRule.ALL, Optional.empty());
        return new DecisionPipeline(
                List::of,
                (token, pep) -> CompletableFuture.failedFuture(new UnsupportedOperationException()),
                new PermissionEngine() {
                    @Override
                    public CompletionStage<List<PermissionAnswer>> evaluate(List<EvaluationRequest> questions) {
                        return spi.evaluations(questions)
                                .thenApply(decisions -> decisions.stream()
                                        .map(PermissionAnswer::of)
                                        .toList());
                    }

                    @Override
                    public CompletionStage<AccessSettings> settings() {
                        return CompletableFuture.completedStage(terms.access());
                    }
                },
                decision -> {},
                () -> "id",
                System::nanoTime);
    }
}
