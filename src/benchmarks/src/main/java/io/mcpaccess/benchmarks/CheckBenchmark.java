package io.mcpaccess.benchmarks;

import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.openfga.embedded.CheckOutcome;
import io.mcpaccess.openfga.embedded.CheckRequest;
import io.mcpaccess.openfga.embedded.EmbeddedEngine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One check from the present state, each about another place of the store. */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgs = "-Xmx3g")
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 2, time = 1)
@State(Scope.Benchmark)
public class CheckBenchmark {

    private static final Duration LIMIT = Duration.ofMillis(500);
    private static final int QUESTIONS = 1 << 14;
    private static final Map<String, Object> AMOUNT = Map.of("amount", 7);

    /** How large the store is. */
    @Param({"10000", "1000000"})
    private int tuples;

    /** What is asked. */
    @Param({"depth1", "depth5", "depth12", "denied", "union", "audited", "visited"})
    private String question;

    private EmbeddedEngine engine;
    private CheckRequest[] questions;
    private int next;

    /** Makes the store and the questions. */
    @Setup(Level.Trial)
    public void setUp() {
        World world = new World(tuples);
        engine = world.engine();
        Random random = new Random(42);
        questions = new CheckRequest[QUESTIONS];
        for (int i = 0; i < QUESTIONS; i++) {
            questions[i] = question(question, random.nextInt(world.units()));
        }
        for (CheckRequest request : questions) {
            if (engine.view().check(request, LIMIT).isAllowed() == question.equals("denied")) {
                throw new IllegalStateException("a wrong answer to " + request);
            }
        }
    }

    static CheckRequest question(String question, int unit) {
        String user = World.user(unit);
        return switch (question) {
            case "depth1" -> CheckRequest.of(user, "reader", World.document("direct", unit));
            case "union" -> CheckRequest.of(user, "any", World.document("union", unit));
            case "audited" -> CheckRequest.of(user, "auditor", World.document("audited", unit));
            case "visited" ->
                new CheckRequest(new TupleKey(user, "visitor", World.document("visited", unit)), AMOUNT, List.of());
            case "denied" -> CheckRequest.of(user, "reader", World.document("depth5", unit + 1));
            default -> CheckRequest.of(user, "reader", World.document(question, unit));
        };
    }

    /** One check. */
    @Benchmark
    public CheckOutcome check() {
        return engine.view().check(questions[next++ & QUESTIONS - 1], LIMIT);
    }
}
