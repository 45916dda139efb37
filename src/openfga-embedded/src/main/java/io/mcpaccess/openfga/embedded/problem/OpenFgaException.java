package io.mcpaccess.openfga.embedded.problem;

/** An operation that OpenFGA would answer with an error. Nothing has changed. */
public final class OpenFgaException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient OpenFgaError error;

    /**
     * An operation that failed.
     *
     * @param error what OpenFGA would answer
     */
    public OpenFgaException(OpenFgaError error) {
        super(error.code().text() + ": " + error.message());
        this.error = error;
    }

    /**
     * An operation that failed.
     *
     * @param code OpenFGA's code
     * @param message what was wrong, for a person
     * @param about what the error is about
     */
    public OpenFgaException(OpenFgaCode code, String message, OpenFgaError.About about) {
        this(new OpenFgaError(code, message, about));
    }

    /**
     * What OpenFGA would answer.
     *
     * @return never null
     */
    public OpenFgaError error() {
        return error;
    }
}
