package io.mcpaccess.openfga.testing;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;

/** What becomes of tests whose OpenFGA cannot be had. */
final class Necessity {

    private Necessity() {}

    /**
     * Skips a test with the reason, or fails it where the environment says {@code REQUIRE_OPENFGA=true}.
     *
     * @param what is missing, as a person calls it
     * @param reason why it cannot be had
     * @return the skip
     * @throws IllegalStateException where the environment wants it
     */
    static ConditionEvaluationResult missing(String what, String reason) {
        if ("true".equals(System.getenv("REQUIRE_OPENFGA"))) {
            throw new IllegalStateException("REQUIRE_OPENFGA is set, and there is no " + what + ": " + reason);
        }
        return ConditionEvaluationResult.disabled("no " + what + ": " + reason);
    }
}
