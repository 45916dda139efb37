package io.mcpaccess.openfga.embedded;

import io.mcpaccess.openfga.embedded.problem.OpenFgaError;
import java.util.Objects;

/** The answer to a check. Only {@link Allowed} lets anybody do anything. */
public sealed interface CheckOutcome {

    /**
     * Whether the answer is an allow.
     *
     * @return true for {@link Allowed} alone
     */
    default boolean isAllowed() {
        return this instanceof Allowed;
    }

    /** The user has the relation. */
    record Allowed() implements CheckOutcome {}

    /** The user does not have the relation. */
    record Denied() implements CheckOutcome {}

    /**
     * There is no answer: OpenFGA would answer an error.
     *
     * @param error which
     */
    record Refused(OpenFgaError error) implements CheckOutcome {
        public Refused {
            Objects.requireNonNull(error, "error");
        }
    }
}
