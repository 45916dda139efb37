package io.mcpaccess.openfga.embedded.problem;

import java.util.Objects;

/**
 * An error as OpenFGA would answer it.
 *
 * @param code the code, equal to OpenFGA's
 * @param message what was wrong, for a person; never holds values of a context
 * @param about what the error is about, which OpenFGA's codes do not always tell
 */
public record OpenFgaError(OpenFgaCode code, String message, About about) {

    public OpenFgaError {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(about, "about");
    }

    /** What an error is about. */
    public enum About {
        /** The form of the request, or a tuple in it. */
        REQUEST,
        /** The model has no such type or relation. */
        MODEL,
        /** A condition could not be decided. */
        CONDITION,
        /** The answer would have taken too many steps or too much time. */
        EFFORT,
        /** The state of the store. */
        STORE
    }
}
