package io.mcpaccess.benchmarks;

import io.mcpaccess.openfga.embedded.EmbeddedEngine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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

/** Searches that find a hundred objects or users in a large store. */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgs = "-Xmx3g")
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 2, time = 1)
@State(Scope.Benchmark)
public class SearchBenchmark {

    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final int MOST = 1000;

    /** How large the store is. */
    @Param({"10000", "1000000"})
    private int tuples;

    private EmbeddedEngine engine;

    /** Makes the store. */
    @Setup(Level.Trial)
    public void setUp() {
        engine = new World(tuples).engine();
        if (objects() != World.FOUND || users() != World.FOUND) {
            throw new IllegalStateException("a search finds another number than it should");
        }
    }

    /** The documents that a user reads. */
    @Benchmark
    public int objects() {
        return engine.view()
                .listObjects("user:finder", "reader", "document", Map.of(), List.of(), MOST, LIMIT)
                .items()
                .size();
    }

    /** The users who read a document. */
    @Benchmark
    public int users() {
        return engine.view()
                .listUsers("document:finder", "reader", "user", Map.of(), List.of(), MOST, LIMIT)
                .items()
                .size();
    }
}
