package io.mcpaccess.amctl.permtest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.amctl.am.Json;
import io.mcpaccess.amctl.calltest.CallTests;
import io.mcpaccess.amctl.calltest.TestFileFault;
import io.mcpaccess.amctl.terminal.CommandFailure;
import io.mcpaccess.amctl.terminal.ExitCode;
import io.mcpaccess.openfga.embedded.store.StoreFileException;
import io.mcpaccess.openfga.embedded.store.StoreFileException.Place;
import io.mcpaccess.openfga.embedded.storetest.AssertionResult;
import io.mcpaccess.openfga.embedded.storetest.AssertionResult.Verdict;
import io.mcpaccess.openfga.embedded.storetest.PermissionTests;
import io.mcpaccess.openfga.embedded.storetest.PermissionTests.Explained;
import io.mcpaccess.openfga.embedded.storetest.TestReport;
import io.mcpaccess.openfga.embedded.storetest.TestReport.TestResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A store file after its tests.
 *
 * @param file as it was given
 * @param report what came of its tests; of none where the file cannot be used
 * @param fault why the file cannot be used
 */
public record TestedFile(Path file, TestReport report, Optional<String> fault) {

    public TestedFile {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(report, "report");
        Objects.requireNonNull(fault, "fault");
    }

    /**
     * Runs the tests of a file.
     *
     * @param file a store file
     * @param explained of which assertions to say why
     * @return what came of it; a file that cannot be used keeps no other from being tested
     */
    public static TestedFile run(Path file, Explained explained) {
        try {
            List<TestResult> tests = new ArrayList<>();
            if (!CallTests.isAlone(file)) {
                tests.addAll(PermissionTests.run(file, explained).tests());
            }
            tests.addAll(CallTests.run(file, explained));
            return new TestedFile(file, new TestReport(tests), Optional.empty());
        } catch (StoreFileException e) {
            return unusable(file, seenFromHere(file, e.place(), e.getMessage()));
        } catch (TestFileFault e) {
            return unusable(file, seenFromHere(file, e.place(), e.getMessage()));
        } catch (IOException e) {
            return unusable(file, CommandFailure.unreadable(file, e).getMessage());
        }
    }

    private static TestedFile unusable(Path file, String fault) {
        return new TestedFile(file, new TestReport(List.of()), Optional.of(fault));
    }

    /** The fault names files as they are seen from the store file. */
    private static String seenFromHere(Path file, Place place, String message) {
        String name = place.file();
        return message.startsWith(name)
                ? file.resolveSibling(name).normalize() + message.substring(name.length())
                : file + ": " + message;
    }

    /**
     * What the process should end with.
     *
     * @param files at least one
     * @return {@link ExitCode#USAGE} where a file cannot be used or nothing was tested: a pipeline that tests nothing must not pass
     */
    public static ExitCode outcome(List<TestedFile> files) {
        boolean isUnusable = files.stream().anyMatch(each -> each.fault().isPresent());
        boolean isNothing = files.stream().allMatch(each -> each.report().size() == 0);
        boolean isPassed = files.stream().allMatch(each -> each.report().isPassed());
        return isUnusable || isNothing ? ExitCode.USAGE : isPassed ? ExitCode.DONE : ExitCode.UNMET;
    }

    /**
     * All of it as JSON.
     *
     * @param files the files, in the order in which they were given
     * @return {@code passed} and {@code files}
     */
    public static ObjectNode json(List<TestedFile> files) {
        ObjectNode json = Json.object().put("passed", outcome(files) == ExitCode.DONE);
        ArrayNode list = json.putArray("files");
        for (TestedFile each : files) {
            ObjectNode file = list.addObject().put("file", each.file().toString());
            each.fault().ifPresent(fault -> file.put("fault", fault));
            ArrayNode tests = file.putArray("tests");
            each.report().tests().forEach(test -> add(tests.addObject(), test));
        }
        return json;
    }

    private static void add(ObjectNode json, TestResult test) {
        json.put("name", test.name()).put("description", test.description()).put("passed", test.isPassed());
        ArrayNode assertions = json.putArray("assertions");
        for (AssertionResult each : test.assertions()) {
            assertions
                    .addObject()
                    .put("kind", each.kind())
                    .put("question", each.question())
                    .put("line", each.place().line())
                    .put("verdict", each.verdict().name().toLowerCase(Locale.ROOT))
                    .put("expected", each.expected())
                    .put("got", each.got())
                    .put("why", each.why());
        }
    }

    long count(Verdict verdict) {
        return report.count(verdict);
    }
}
