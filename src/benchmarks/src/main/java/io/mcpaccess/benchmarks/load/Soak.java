package io.mcpaccess.benchmarks.load;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Keeps a gateway busy with most of what it can do, and prints how much memory it holds. */
public final class Soak {

    private static final Duration FINDING_OUT = Duration.ofSeconds(10);
    private static final int CONNECTIONS = 16;
    private static final double PART = 0.8;
    private static final int LINES = 60;
    private static final double MEGABYTE = 1024 * 1024;
    private static final double GROWTH = 1.1;

    private Soak() {}

    /**
     * Runs.
     *
     * @param arguments the repository's root, seconds, and the mode of the engine: {@code server} or {@code embedded}
     * @throws Exception when something cannot be started or asked
     */
    public static void main(String[] arguments) throws Exception {
        Duration length = Duration.ofSeconds(Long.parseLong(arguments[1]));
        try (Installation installation = new Installation(Path.of(arguments[0]));
                JvmMemory memory = JvmMemory.of(installation.sandbox().pid())) {
            run(new Attack(installation.gateway(arguments[2], arguments[2]), CONNECTIONS), memory, length);
        }
    }

    private static void run(Attack attack, JvmMemory memory, Duration length) throws InterruptedException, IOException {
        System.out.println(Load.machine("at the beginning"));
        attack.fast(FINDING_OUT);
        double rate = PART * attack.fast(FINDING_OUT).perSecond();
        System.out.printf(
                Locale.ROOT,
                "%.0f decisions a second, %.0f %% of what it can do%n%8s %12s %12s %10s %8s%n",
                rate,
                PART * 100,
                "seconds",
                "heap MB",
                "resident MB",
                "p99 ms",
                "errors");
        Duration step = Duration.ofMillis(Math.max(1000, length.toMillis() / LINES));
        List<Double> heaps = new ArrayList<>();
        long errors = 0;
        for (long past = step.toMillis(); past <= length.toMillis(); past += step.toMillis()) {
            Answers answers = attack.paced(rate, step);
            errors += answers.errors();
            heaps.add(memory.live() / MEGABYTE);
            System.out.printf(
                    Locale.ROOT,
                    "%8d %12.1f %12.1f %10.2f %8d%n",
                    past / 1000,
                    heaps.get(heaps.size() - 1),
                    memory.resident() / MEGABYTE,
                    answers.latencies().millis(99),
                    answers.errors());
        }
        System.out.println(Goal.atMost(GROWTH, "x", "heap after collections, last quarter of second", growth(heaps)));
        System.out.println(Goal.atMost(0, "", "errors", errors));
        System.out.println(Load.machine("at the end"));
    }

    /** The first quarter is the time in which caches and audit fill up. */
    static double growth(List<Double> heaps) {
        int quarter = heaps.size() / 4;
        return quarter == 0
                ? Double.NaN
                : mean(heaps.subList(heaps.size() - quarter, heaps.size())) / mean(heaps.subList(quarter, 2 * quarter));
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }
}
