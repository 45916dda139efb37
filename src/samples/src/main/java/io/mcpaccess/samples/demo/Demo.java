package io.mcpaccess.samples.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
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
        Runtime.getRuntime().addShutdownHook(new Thread(stage::close));
        System.exit(run(stage, Path.of(arguments[0]), work, !options.isEmpty()) ? 0 : 1);
    }

    private static boolean run(Stage stage, Path root, Path work, boolean openFga) throws IOException {
        Report report = new Report(System.out);
        Instant start = Instant.now();
        try (stage) {
            report.note("The demo on " + (openFga ? "a real OpenFGA" : "the embedded engine"));
            steps(Scene.build(stage, root, work, openFga, report), report);
            report.note("\nAll answers as they must be, in "
                    + Duration.between(start, Instant.now()).toSeconds() + " s.");
        } catch (DifferentAnswer | IOException failure) {
            System.err.println("\nThe demo ends here: " + failure.getMessage());
            System.err.println("The logs of its processes are in " + work + ".");
            return false;
        } catch (InterruptedException interrupted) {
            return false;
        }
        delete(work);
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
        report.step(9, "What the client saw", "one line for each case");
        report.table();
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
