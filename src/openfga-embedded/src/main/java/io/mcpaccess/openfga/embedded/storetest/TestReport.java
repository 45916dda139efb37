package io.mcpaccess.openfga.embedded.storetest;

import io.mcpaccess.openfga.embedded.storetest.AssertionResult.Verdict;
import java.util.List;
import java.util.Objects;

/**
 * What came of the tests of a store file.
 *
 * @param tests in the file's order
 */
public record TestReport(List<TestResult> tests) {
    public TestReport {
        tests = List.copyOf(tests);
    }

    /**
     * Whether every assertion holds.
     *
     * @return true also where there is none: ask {@link #size()}
     */
    public boolean isPassed() {
        return count(Verdict.PASSED) == size();
    }

    /**
     * How many assertions there are.
     *
     * @return of all tests
     */
    public long size() {
        return tests.stream().mapToLong(test -> test.assertions().size()).sum();
    }

    /**
     * How many assertions ended so.
     *
     * @param verdict how
     * @return of all tests
     */
    public long count(Verdict verdict) {
        return tests.stream()
                .flatMap(test -> test.assertions().stream())
                .filter(each -> each.verdict() == verdict)
                .count();
    }

    /**
     * What came of one test.
     *
     * @param name its name
     * @param description empty where there is none
     * @param assertions in the file's order, those of {@code check} before those of searches where they stand so
     */
    public record TestResult(String name, String description, List<AssertionResult> assertions) {
        public TestResult {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(description, "description");
            assertions = List.copyOf(assertions);
        }

        /**
         * Whether every assertion of the test holds.
         *
         * @return true if so
         */
        public boolean isPassed() {
            return assertions.stream().allMatch(each -> each.verdict() == Verdict.PASSED);
        }
    }
}
