package io.mcpaccess.openfga.embedded.storetest;

import io.mcpaccess.openfga.embedded.store.StoreFileException;
import io.mcpaccess.openfga.embedded.store.StoreTest;
import io.mcpaccess.openfga.embedded.store.StoreTests;
import io.mcpaccess.openfga.embedded.storetest.TestReport.TestResult;
import java.io.IOException;
import java.nio.file.Path;

/** Runs the {@code tests} of a store file in this process. */
public final class PermissionTests {

    private PermissionTests() {}

    /** Of which assertions the report says why they were answered so. */
    public enum Explained {
        /** Of those that do not hold. */
        FAILED,
        /** Of all. */
        ALL
    }

    /**
     * Reads a store file and runs its tests, on the calling thread.
     *
     * @param file the store file, in YAML; what it names is seen from its directory
     * @param explained of which assertions to say why
     * @return what came of each; an assertion that does not hold is no exception
     * @throws StoreFileException when a file cannot be used; then no test was run
     * @throws IOException when it is not there or cannot be read
     */
    public static TestReport run(Path file, Explained explained) throws IOException {
        return new TestReport(StoreTests.read(file).stream()
                .map(test -> result(test, explained))
                .toList());
    }

    private static TestResult result(StoreTest test, Explained explained) {
        AssertionRun run = new AssertionRun(test.view(), explained);
        return new TestResult(
                test.name(),
                test.description(),
                test.assertions().stream().map(run::result).toList());
    }
}
