package io.mcpaccess.openfga.embedded.explain;

import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.embedded.model.ModelLine;
import java.util.Objects;
import java.util.Optional;

/**
 * One step of a path from the object that was asked about to the user.
 *
 * @param level how deep the step is nested, from 0
 * @param kind what kind of step
 * @param text the step as a sentence
 * @param tuple the tuple that makes the step, if one does
 * @param line the line of the model that allows the step, if the model's text is known
 */
public record ProofStep(int level, Kind kind, String text, Optional<StoredTuple> tuple, Optional<ModelLine> line) {

    public ProofStep {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(tuple, "tuple");
        Objects.requireNonNull(line, "line");
    }

    ProofStep deeper(int by) {
        return new ProofStep(level + by, kind, text, tuple, line);
    }

    /** The kinds of step. */
    public enum Kind {
        /** A tuple names the user. */
        USER,
        /** A tuple names everyone of the user's type. */
        EVERYONE,
        /** A tuple names a group, and the next steps say why the user is in it. */
        GROUP,
        /** A tuple leads to a related object, and the next steps say why the user has the relation there. */
        RELATED,
        /** The relation comes with another one of the same object. */
        IMPLIED,
        /** Several things are needed, and the next steps say why each holds. */
        ALL_OF,
        /** A rule that would block does not. */
        NOT_BLOCKED,
        /** The user that was asked about is the very set of users that has the relation. */
        ITSELF
    }
}
