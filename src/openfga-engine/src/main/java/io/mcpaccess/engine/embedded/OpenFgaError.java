package io.mcpaccess.engine.embedded;

import java.util.Objects;

/**
 * An error as OpenFGA would answer it.
 *
 * @param code the code, equal to OpenFGA's
 * @param message what was wrong, for a person; never holds values of a context
 */
public record OpenFgaError(OpenFgaCode code, String message) {

    public OpenFgaError {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(message, "message");
    }
}
