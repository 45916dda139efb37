package io.mcpaccess.benchmarks.load;

import io.mcpaccess.benchmarks.load.Cost.Part;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Asks OpenFGA and gateways the same questions by turns, and prints what each cost, beside the goals. */
public final class Load {

    private static final int ROUNDS = 2;
    /** Of so many questions all that matters has been compiled, however busy the machine is. */
    private static final long WARM_UP = 30_000;

    private static final int MANY = 500;
    private static final int FEW_QUESTIONS = 300;

    /** What a run consists of, each by the word that {@code --only} takes. */
    private enum Chapter {
        DECISIONS,
        BATCH,
        MANY;

        static Set<Chapter> named(String names) {
            Set<Chapter> chapters = EnumSet.noneOf(Chapter.class);
            for (String name : names.split(",")) {
                chapters.add(valueOf(name.toUpperCase(Locale.ROOT)));
            }
            return chapters;
        }
    }

    private final PrintStream out;
    private final Map<Side, Cost> fast = new LinkedHashMap<>();
    private final Map<Side, Answers> paced = new LinkedHashMap<>();
    private final List<Goal> goals = new ArrayList<>();

    private Load(PrintStream out) {
        this.out = out;
    }

    /**
     * Measures.
     *
     * @param arguments the repository's root, questions a second, seconds an attack, connections, what to measure (decisions,
     *     batch, many)
     * @throws Exception when something cannot be started or asked
     */
    public static void main(String[] arguments) throws Exception {
        Path root = Path.of(arguments[0]);
        int rate = Integer.parseInt(arguments[1]);
        Duration length = Duration.ofSeconds(Long.parseLong(arguments[2]));
        int connections = Integer.parseInt(arguments[3]);
        Set<Chapter> chapters = Chapter.named(arguments[4]);
        try (Installation installation = new Installation(root);
                JvmMemory memory = JvmMemory.of(installation.sandbox().pid())) {
            Watch watch = new Watch(installation.openFga(), installation.sandbox(), memory);
            new Load(System.out).run(installation, watch, chapters, rate, length, connections);
        }
    }

    private void run(
            Installation installation, Watch watch, Set<Chapter> chapters, int rate, Duration length, int connections)
            throws IOException, InterruptedException {
        out.println(machine("at the beginning"));
        Side control = installation.control();
        Side server = installation.gateway("server", "server mode");
        Side embedded = installation.gateway("embedded", "embedded");
        List<Side> sides = new ArrayList<>(List.of(control, server, embedded));
        Optional<Side> authZen = installation.openFgaAuthZen();
        authZen.ifPresent(side -> sides.add(1, side));
        for (Side side : chapters.contains(Chapter.DECISIONS) ? sides : List.of(server, embedded)) {
            say("warming up " + side.name());
            new Attack(side, connections).fast(WARM_UP);
        }
        if (chapters.contains(Chapter.DECISIONS)) {
            askAll(sides, watch, rate, length, connections);
            print(rate, connections);
            if (authZen.isEmpty()) {
                out.println("OpenFGA's own AuthZEN endpoint is not offered by this OpenFGA.");
            }
            judge(control, server, embedded);
        }
        if (chapters.contains(Chapter.BATCH)) {
            judgeBatch("server mode", server, installation.batch("server"), watch);
            judgeBatch("embedded", embedded, installation.batch("embedded"), watch);
        }
        if (chapters.contains(Chapter.MANY)) {
            judgeMany(server, embedded);
        }
        out.println();
        goals.forEach(out::println);
        out.println(machine("at the end"));
    }

    private void askAll(List<Side> sides, Watch watch, int rate, Duration length, int connections)
            throws InterruptedException {
        for (int round = 0; round < ROUNDS; round++) {
            for (Side side : sides) {
                say("as fast as it goes: " + side.name());
                Cost cost = watch.of(() -> new Attack(side, connections).fast(length));
                fast.merge(side, cost, Cost::and);
            }
            for (Side side : sides) {
                say("at " + rate + "/s: " + side.name());
                paced.merge(side, new Attack(side, connections).paced(rate, length), Answers::and);
            }
        }
    }

    private void print(int rate, int connections) {
        out.printf(
                Locale.ROOT,
                "%n%-20s %9s %9s %9s %9s %9s %9s %9s %9s%n%-20s %9s %9s %9s %9s %9s %9s %9s %9s%n",
                connections + " connections",
                "a second",
                "gateway",
                "OpenFGA",
                "generator",
                "garbage",
                "at " + rate + "/s",
                "",
                "",
                "",
                "",
                "us CPU",
                "us CPU",
                "us CPU",
                "bytes",
                "p50 ms",
                "p95 ms",
                "p99 ms");
        fast.forEach((side, cost) -> out.printf(
                Locale.ROOT,
                "%-20s %9.0f %9.0f %9.0f %9.0f %9.0f %9.2f %9.2f %9.2f%n",
                side.name(),
                cost.answers().perSecond(),
                cost.micros(Part.GATEWAY),
                cost.micros(Part.OPENFGA),
                cost.micros(Part.GENERATOR),
                cost.bytes(),
                paced.get(side).latencies().millis(50),
                paced.get(side).latencies().millis(95),
                paced.get(side).latencies().millis(99)));
    }

    private void judge(Side control, Side server, Side embedded) {
        double check = fast.get(control).micros(Part.OPENFGA);
        double checks = fast.get(control).answers().perSecond();
        goals.add(Goal.atMost(0.8, "x", "server mode: gateway CPU, of OpenFGA's a check", gatewayCpu(server) / check));
        goals.add(Goal.atMost(0.3, "x", "embedded: gateway CPU, of OpenFGA's a check", gatewayCpu(embedded) / check));
        goals.add(Goal.atLeast(0.55, "x", "server mode: throughput, of /check", perSecond(server) / checks));
        goals.add(Goal.atLeast(2, "x", "embedded: throughput, of /check", perSecond(embedded) / checks));
        for (Side side : List.of(server, embedded)) {
            goals.add(Goal.atMost(0.5, "ms", side.name() + ": p50 beyond /check", beyond(side, control, 50)));
            goals.add(Goal.atMost(3, "ms", side.name() + ": p99 beyond /check", beyond(side, control, 99)));
            goals.add(Goal.atMost(
                    10_240,
                    "bytes",
                    side.name() + ": garbage a decision",
                    fast.get(side).bytes()));
        }
        long errors = fast.values().stream()
                        .mapToLong(cost -> cost.answers().errors())
                        .sum()
                + paced.values().stream().mapToLong(Answers::errors).sum();
        goals.add(Goal.atMost(0, "", "errors in all of that", errors));
    }

    /** By turns on one connection: what a caller waits for, end to end. */
    private void judgeBatch(String name, Side one, Side batch, Watch watch) throws InterruptedException {
        say("a batch of " + Questions.BATCH + ": " + name);
        new Attack(batch, 1).fast(FEW_QUESTIONS * ROUNDS);
        Cost singles = Cost.NONE;
        Cost batches = Cost.NONE;
        for (int round = 0; round < ROUNDS * 2; round++) {
            singles = singles.and(watch.of(() -> new Attack(one, 1).fast(FEW_QUESTIONS)));
            batches = batches.and(watch.of(() -> new Attack(batch, 1).fast(FEW_QUESTIONS)));
        }
        Answers single = singles.answers();
        Answers fifty = batches.answers();
        out.printf(
                Locale.ROOT,
                "%s: one question %.2f ms, %.0f us of the gateway's processor, %.0f of OpenFGA's, %.0f bytes%n"
                        + "%s: a batch of %d %.2f ms, %.0f us of the gateway's processor, %.0f of OpenFGA's, %.0f bytes%n",
                name,
                single.latencies().millis(50),
                singles.micros(Part.GATEWAY),
                singles.micros(Part.OPENFGA),
                singles.bytes(),
                name,
                Questions.BATCH,
                fifty.latencies().millis(50),
                batches.micros(Part.GATEWAY),
                batches.micros(Part.OPENFGA),
                batches.bytes());
        goals.add(Goal.atMost(
                1.5,
                "x",
                name + ": a batch of " + Questions.BATCH + ", of one question",
                fifty.latencies().millis(50) / single.latencies().millis(50)));
        goals.add(Goal.atMost(0, "", name + ": errors of batches", single.errors() + fifty.errors()));
    }

    private void judgeMany(Side... sides) throws InterruptedException {
        for (Side side : sides) {
            say(MANY + " connections: " + side.name());
            Answers answers = new Attack(side, MANY).fast(20L * MANY);
            out.println(
                    side.name() + ", " + MANY + " connections: answers other than 200 by status " + answers.faults());
            goals.add(Goal.atMost(0, "", side.name() + ": errors on " + MANY + " connections", answers.errors()));
        }
    }

    private double gatewayCpu(Side side) {
        return fast.get(side).micros(Part.GATEWAY);
    }

    private double perSecond(Side side) {
        return fast.get(side).answers().perSecond();
    }

    private double beyond(Side side, Side control, double percent) {
        return paced.get(side).latencies().millis(percent)
                - paced.get(control).latencies().millis(percent);
    }

    /** What else the machine had to do says how far times can be trusted. */
    static String machine(String when) {
        return String.format(
                Locale.ROOT,
                "%d processors shared by all, load average %.1f %s, Java %s",
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                when,
                System.getProperty("java.version"));
    }

    private static void say(String what) {
        System.err.println(what);
    }
}
