package io.mcpaccess.samples.demo;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** The whole way of a tool call, with every answer checked; {@code bin/demo} runs it. */
public final class Demo {
    private static final String USAGE = "usage: bin/demo [--openfga] [--keep]";

    private Demo() {}

    /**
     * Runs the demo. Exits 0 when every answer was as it must be, 1 at the first that differs, 2 on a wrong command
     * line; no process is left in any case, also on SIGINT and SIGTERM.
     *
     * @param arguments the repository's directory, then perhaps {@code --openfga} and {@code --keep}
     * @throws IOException when the working directory cannot be made
     */
    public static void main(String[] arguments) throws IOException {
        List<String> options = List.of(arguments).subList(Math.min(1, arguments.length), arguments.length);
        if (arguments.length == 0 || !Set.of("--openfga", "--keep").containsAll(options)) {
            System.err.println(USAGE);
            System.exit(2);
        }
        Path work = Files.createTempDirectory("mcp-access-demo");
        Stage stage = new Stage(work);
        AtomicBoolean done = new AtomicBoolean();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> interrupted(done, stage, work)));
        boolean asItMustBe = run(stage, Path.of(arguments[0]), work, Set.copyOf(options), done);
        System.exit(asItMustBe ? 0 : 1);
    }

    /** Runs at every end; there is something left to do only when the demo was interrupted. */
    private static void interrupted(AtomicBoolean done, Stage stage, Path work) {
        if (done.compareAndSet(false, true)) {
            stage.close();
            delete(work);
        }
    }

    private static boolean run(Stage stage, Path root, Path work, Set<String> options, AtomicBoolean done) {
        boolean openFga = options.contains("--openfga");
        Report report = new Report(System.out);
        Instant start = Instant.now();
        try (stage) {
            report.note("The demo on " + (openFga ? "a real OpenFGA" : "the embedded engine"));
            Scene scene = Scene.build(stage, root, work, openFga, report);
            steps(scene, report);
            report.note("\nAll answers as they must be, in "
                    + Duration.between(start, Instant.now()).toSeconds() + " s.");
            if (options.contains("--keep")) {
                report.note("");
                Tour.lines(scene, root).forEach(report::note);
                report.note("\nIt runs until Ctrl-C.");
                new CountDownLatch(1).await();
            }
        } catch (DifferentAnswer | IOException | InterruptedException failure) {
            if (done.compareAndSet(false, true)) {
                System.err.println("\nThe demo ends here: " + failure.getMessage());
                stage.close();
                keepLogs(work, root.resolve("build/demo-logs"));
                delete(work);
            }
            return false;
        }
        if (done.compareAndSet(false, true)) {
            delete(work);
        }
        return true;
    }

    private static void steps(Scene scene, Report report) throws IOException, InterruptedException {
        TokenSteps tokens = new TokenSteps(scene, report);
        DecisionSteps decisions = new DecisionSteps(scene, report);
        tokens.noToken();
        tokens.authorizationCode();
        decisions.allowed();
        decisions.scopeMissing();
        decisions.permissionMissing();
        decisions.tupleWrittenAndDeleted();
        new ArgumentSteps(scene, report).refundUpToALimit();
        tokens.refusedTokens();
        decisions.engineGoneAndBack();
        new ImportSteps(scene, report).importNewTool();
        report.step(11, "What the client saw", "one line for each case");
        report.table();
    }

    /** Out of the temporary directory, where nobody would clean up; those of the run before go. */
    private static void keepLogs(Path work, Path target) {
        try (Stream<Path> logs = Files.list(work).filter(file -> file.toString().endsWith(".log"))) {
            delete(target);
            Files.createDirectories(target);
            for (Path log : logs.toList()) {
                Files.copy(log, target.resolve(log.getFileName()));
            }
            System.err.println("The logs of its processes are in " + target + ".");
        } catch (IOException unwritable) {
            System.err.println("The logs of its processes could not be kept in " + target + ".");
        }
    }

    private static void delete(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException left) {
            System.err.println("The directory " + directory + " could not be deleted.");
        }
    }
}
