package io.mcpaccess.amctl.calltest;

import io.mcpaccess.core.decision.Outcome;
import io.mcpaccess.openfga.embedded.StoreView;
import io.mcpaccess.openfga.embedded.store.StoreFileException;
import io.mcpaccess.openfga.embedded.store.TestedStore;
import io.mcpaccess.openfga.embedded.storetest.AssertionResult;
import io.mcpaccess.openfga.embedded.storetest.AssertionResult.Verdict;
import io.mcpaccess.openfga.embedded.storetest.PermissionTests.Explained;
import io.mcpaccess.openfga.embedded.storetest.TestReport.TestResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Runs {@code mcp_tests} of a file: tool calls through all layers, without AM. */
public final class CallTests {

    private static final Pattern OWN = Pattern.compile("(?m)^[\"']?mcp_");
    private static final Pattern ALONE = Pattern.compile("(?m)^[\"']?store_file[\"']?\\s*:");

    private CallTests() {}

    /**
     * Whether a file has tests of calls and names the store that they are about, so that it is no store file itself.
     *
     * @param file the file
     * @return whether it has a member {@code store_file}
     * @throws IOException when it is not there or cannot be read
     */
    public static boolean isAlone(Path file) throws IOException {
        return ALONE.matcher(Files.readString(file)).find();
    }

    /**
     * Runs the tests of a file, on the calling thread.
     *
     * @param file a store file, or one that names a store file
     * @param explained of which calls to say why
     * @return what came of each test; none where the file has no {@code mcp_tests}
     * @throws TestFileFault when the file cannot be used
     * @throws StoreFileException when the store file cannot be used
     * @throws IOException when a file is not there or cannot be read
     */
    public static List<TestResult> run(Path file, Explained explained) throws IOException, TestFileFault {
        String text = Files.readString(file);
        if (!OWN.matcher(text).find() && !ALONE.matcher(text).find()) {
            return List.of();
        }
        CallTestFile read = CallTestFile.read(file);
        List<TestResult> results = new ArrayList<>();
        TestedStore store = read.store();
        for (CallTestFile.Test test : read.tests()) {
            StoreView view = store.with(test.tuples());
            results.add(new TestResult(
                    test.name(),
                    test.description(),
                    test.calls().stream()
                            .map(call ->
                                    result(call, new CallRun(read.servers(), read.settings(), view, call), explained))
                            .toList()));
        }
        return results;
    }

    private static AssertionResult result(ExpectedCall call, CallRun run, Explained explained) {
        Outcome outcome = run.outcome();
        boolean isExpected = call.decision()
                        .map(expected -> expected == outcome.isAllowed())
                        .orElse(true)
                && call.reason().map(expected -> expected == outcome.reason()).orElse(true);
        Verdict verdict =
                isExpected ? Verdict.PASSED : outcome instanceof Outcome.Unavailable ? Verdict.ERROR : Verdict.FAILED;
        String why = explained == Explained.ALL || !isExpected ? run.why(outcome) : "";
        return new AssertionResult(
                "call",
                call.question(),
                call.place(),
                verdict,
                call.expected(),
                outcome.isAllowed() + " (" + outcome.reason().wireName() + ")",
                why);
    }
}
