package io.mcpaccess.openfga.embedded.explain;

import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.embedded.model.ModelLine;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A tuple that would have helped, had its condition been met.
 *
 * @param tuple the tuple
 * @param condition the condition's name
 * @param problem what went wrong
 * @param parameters the parameters that were missing, of the wrong type, or in the part of the expression that is false
 * @param expired when the grant ran out, where that is why the condition is not met
 * @param line where the model defines the condition, if its text is known
 */
public record FailedCondition(
        StoredTuple tuple,
        String condition,
        Problem problem,
        List<String> parameters,
        Optional<Instant> expired,
        Optional<ModelLine> line) {

    public FailedCondition {
        Objects.requireNonNull(tuple, "tuple");
        Objects.requireNonNull(condition, "condition");
        Objects.requireNonNull(problem, "problem");
        Objects.requireNonNull(expired, "expired");
        Objects.requireNonNull(line, "line");
        parameters = List.copyOf(parameters);
    }

    /** What went wrong with a condition. */
    public enum Problem {
        /** The expression is false for the values given. */
        NOT_MET,
        /** A parameter is missing or has a value of the wrong type, or the expression failed. */
        UNDECIDED
    }
}
