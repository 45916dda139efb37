package io.mcpaccess.samples.demo;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** The whole way of a tool call, with every answer checked; {@code bin/demo} runs it. */
public final class Demo {
    private static final String USAGE = "usage: bin/demo [--openfga]";

    private Demo() {}

    /**
     * Runs the demo. Exits 0 when every answer was as it must be, 1 at the first that differs, 2 on a wrong command
     * line; no process is left in any case, also on SIGINT and SIGTERM.
     *
     * @param arguments the repository's directory, then perhaps {@code --openfga}
     * @throws IOException when the working directory cannot be made
     */
    public static void main(String[] arguments) throws IOException {
        List<String> options = List.of(arguments).subList(Math.min(1, arguments.length), arguments.length);
        if (arguments.length == 0 || !(options.isEmpty() || options.equals(List.of("--openfga")))) {
            System.err.println(USAGE);
            System.exit(2);
        }
        Path work = Files.createTempDirectory("mcp-access-demo");
        Stage stage = new Stage(work);
        AtomicBoolean done = new AtomicBoolean();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> interrupted(done, stage, work)));
        boolean asItMustBe = run(stage, Path.of(arguments[0]), work, !options.isEmpty(), done);
        System.exit(asItMustBe ? 0 : 1);
    }

    /** Runs at every end; there is something left to do only when the demo was interrupted. */
    private static void interrupted(AtomicBoolean done, Stage stage, Path work) {
        if (done.compareAndSet(false, true)) {
            stage.close();
            delete(work);
        }
    }

    private static boolean run(Stage stage, Path root, Path work, boolean openFga, AtomicBoolean done) {
        Report report = new Report(System.out);
        Instant start = Instant.now();
        try (stage) {
            report.note("The demo on " + (openFga ? "a real OpenFGA" : "the embedded engine"));
            steps(Scene.build(stage, root, work, openFga, report), report);
            report.note("\nAll answers as they must be, in "
                    + Duration.between(start, Instant.now()).toSeconds() + " s.");
        } catch (DifferentAnswer | IOException | InterruptedException failure) {
            if (done.compareAndSet(false, true)) {
                System.err.println("\nThe demo ends here: " + failure.getMessage());
                System.err.println("The logs of its processes are in " + work + ".");
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
        tokens.refusedTokens();
        decisions.engineGoneAndBack();
        new ImportSteps(scene, report).importNewTool();
        report.step(10, "What the client saw", "one line for each case");
        report.table();
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException left) {
            System.err.println("The directory " + directory + " could not be deleted.");
        }
    }
}
