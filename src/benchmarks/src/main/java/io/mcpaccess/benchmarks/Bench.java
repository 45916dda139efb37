package io.mcpaccess.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs everything and prints one table, the aims beside what was measured. */
public final class Bench {

    private static final Map<String, Double> CHECK_AIMS = Map.of("depth5", 5.0);
    private static final double PIPELINE_AIM = 50;
    private static final double PIPELINE_BYTES = 10 * 1024;
    private static final double MEMORY_AIM = 120;
    private static final double LOAD_AIM = 5;
    private static final double YAML_AIM = 4;

    private final List<Row> rows = new ArrayList<>();

    private Bench() {}

    /**
     * Runs the benchmarks.
     *
     * @param arguments an expression for the names of benchmarks, {@code .} for all and the store's size and loading; and
     *     the URL of an OpenFGA server to compare with, or nothing
     * @throws Exception when a benchmark fails
     */
    public static void main(String[] arguments) throws Exception {
        new Bench().run(arguments[0], arguments.length > 1 ? arguments[1] : "");
    }

    private void run(String selected, String server) throws Exception {
        jmh(selected);
        if (selected.equals(".")) {
            largeStore();
        }
        if (!server.isEmpty()) {
            System.err.println("asking " + server);
            rows.addAll(new ServerComparison(server).run());
        }
        System.out.println();
        System.out.println(machine());
        rows.forEach(System.out::println);
    }

    private void jmh(String selected) throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(selected)
                        .addProfiler(GCProfiler.class)
                        .verbosity(VerboseMode.SILENT)
                        .shouldFailOnError(true)
                        .build())
                .run();
        for (RunResult result : results) {
            String benchmark = result.getParams().getBenchmark().replaceAll(".*\\.(\\w+)Benchmark\\.(\\w+)", "$1 $2");
            String question = Objects.requireNonNullElse(result.getParams().getParam("question"), "");
            String tuples = result.getParams().getParam("tuples");
            String name = (question.isEmpty() ? benchmark : benchmark.split(" ")[0] + " " + question)
                    + (tuples == null ? "" : ", " + (tuples.equals("10000") ? "10 thousand" : "1 million") + " tuples");
            boolean isPipeline = benchmark.startsWith("Pipeline");
            double aim = isPipeline ? PIPELINE_AIM : CHECK_AIMS.getOrDefault(question, Double.NaN);
            Result<?> times = result.getPrimaryResult();
            rows.add(new Row(name, times.getStatistics().getPercentile(50), "us median", aim));
            rows.add(Row.plain("  99 % within", times.getStatistics().getPercentile(99), "us"));
            Result<?> bytes = result.getSecondaryResults().get("gc.alloc.rate.norm");
            if (bytes != null) {
                rows.add(new Row("  garbage", bytes.getScore(), "bytes", isPipeline ? PIPELINE_BYTES : Double.NaN));
            }
        }
    }

    private void largeStore() throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("mcp-bench");
        try {
            rows.add(new Row(
                    "Memory of 1 million tuples", child("memory", directory).get(0), "bytes each", MEMORY_AIM));
            for (String from : List.of("log", "jsonl", "yaml")) {
                Path place = Files.createDirectory(directory.resolve(from));
                child("make-" + from, place);
                List<Double> times = child("load", place);
                rows.add(new Row(
                        "Start with 1 million tuples from " + (from.equals("log") ? "the log" : "." + from),
                        times.get(0),
                        "s",
                        from.equals("yaml") ? YAML_AIM : LOAD_AIM));
                rows.add(Row.plain("  of the processor", times.get(1), "s"));
            }
        } finally {
            StoreBenchmark.delete(directory);
        }
    }

    /** Each is measured in a JVM of its own. */
    private static List<Double> child(String task, Path directory) throws IOException, InterruptedException {
        System.err.println("large store: " + task);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx3g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LargeStore.class.getName(),
                        task,
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
            throw new IOException(task + " failed");
        }
        return output.lines().map(Double::valueOf).toList();
    }

    private static String machine() throws IOException {
        Path processors = Path.of("/proc/cpuinfo");
        String processor = Files.isReadable(processors)
                ? Files.readAllLines(processors).stream()
                        .filter(line -> line.startsWith("model name"))
                        .map(line -> line.replaceAll(".*: ", ""))
                        .findFirst()
                        .orElse("")
                : System.getProperty("os.arch");
        return Runtime.getRuntime().availableProcessors() + " cores (" + processor + "), Java "
                + System.getProperty("java.version") + ", load average "
                + ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }
}
