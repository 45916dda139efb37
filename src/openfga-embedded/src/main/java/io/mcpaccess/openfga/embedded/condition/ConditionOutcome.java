package io.mcpaccess.openfga.embedded.condition;

import java.util.List;
import java.util.Objects;

/** What came of evaluating a condition. Only {@link Met} lets a tuple count. */
public sealed interface ConditionOutcome {

    /** The expression gave true. */
    record Met() implements ConditionOutcome {}

    /** The expression gave false. */
    record NotMet() implements ConditionOutcome {}

    /**
     * Nobody can say (OpenFGA answers error 2000).
     *
     * @param message what is wrong; holds no values of the context
     * @param parameters the parameters that are missing or have a value of the wrong type; may be empty
     */
    record Undecided(String message, List<String> parameters) implements ConditionOutcome {
        public Undecided {
            Objects.requireNonNull(message, "message");
            parameters = List.copyOf(parameters);
        }
    }
}
