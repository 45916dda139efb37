package io.mcpaccess.amctl.permtest;

import io.mcpaccess.amctl.terminal.Output;
import io.mcpaccess.amctl.terminal.Output.Colour;
import io.mcpaccess.openfga.embedded.storetest.AssertionResult;
import io.mcpaccess.openfga.embedded.storetest.AssertionResult.Verdict;
import io.mcpaccess.openfga.embedded.storetest.TestReport.TestResult;
import java.util.List;

/** What came of tests, for a person. */
public final class TestText {

    private final Output output;

    /**
     * A text.
     *
     * @param output where it goes
     */
    public TestText(Output output) {
        this.output = output;
    }

    /**
     * Says what came of files: tests that hold in a line each, and more of each assertion that does not or has a reason.
     *
     * @param files the files, in the order in which they were given
     */
    public void write(List<TestedFile> files) {
        files.forEach(this::file);
        long tests =
                files.stream().mapToLong(each -> each.report().tests().size()).sum();
        long failed = count(files, Verdict.FAILED);
        long errors = count(files, Verdict.ERROR);
        String summary = counted(tests, "test") + ", "
                + counted(files.stream().mapToLong(each -> each.report().size()).sum(), "assertion") + ": "
                + count(files, Verdict.PASSED) + " passed, " + failed + " failed, " + errors + " without an answer";
        boolean isWell = failed + errors == 0
                && tests > 0
                && files.stream().allMatch(each -> each.fault().isEmpty());
        output.line(isWell ? Colour.GREEN : Colour.RED, summary);
    }

    private void file(TestedFile file) {
        output.line(file.file().toString());
        file.fault().ifPresent(fault -> output.line(Colour.RED, "  cannot be used"));
        if (file.fault().isEmpty() && file.report().tests().isEmpty()) {
            output.line("  no tests");
        }
        file.report().tests().forEach(this::test);
    }

    private void test(TestResult test) {
        long size = test.assertions().size();
        long held = test.assertions().stream()
                .filter(each -> each.verdict() == Verdict.PASSED)
                .count();
        output.line(
                test.isPassed() ? Colour.GREEN : Colour.RED,
                (test.isPassed() ? "  passed  " : "  FAILED  ") + test.name() + " (" + held + " of " + size + ")");
        test.assertions().stream()
                .filter(each -> each.verdict() != Verdict.PASSED || !each.why().isEmpty())
                .forEach(this::assertion);
    }

    private void assertion(AssertionResult result) {
        output.line("    " + result.place() + ": " + result.kind() + " " + result.question());
        output.line("      " + difference(result));
        result.why().lines().forEach(line -> output.line("      " + line));
    }

    static String difference(AssertionResult result) {
        return switch (result.verdict()) {
            case PASSED -> "is " + result.got() + ", as expected";
            case FAILED -> "expected " + result.expected() + ", got " + result.got();
            case ERROR -> "expected " + result.expected() + ", got no answer: " + result.got();
        };
    }

    private static long count(List<TestedFile> files, Verdict verdict) {
        return files.stream().mapToLong(each -> each.count(verdict)).sum();
    }

    private static String counted(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
