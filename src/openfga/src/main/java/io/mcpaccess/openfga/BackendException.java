package io.mcpaccess.openfga;

import java.util.Objects;

/** What a store could not do. The message is for the administrator: no secrets, no values of a context. */
public final class BackendException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Problem problem;

    /**
     * A failure without a cause worth keeping.
     *
     * @param problem what kind of failure
     * @param message what was wrong and what to do
     */
    public BackendException(Problem problem, String message) {
        this(problem, message, null);
    }

    /**
     * A failure.
     *
     * @param problem what kind of failure
     * @param message what was wrong and what to do
     * @param cause where it came from; may be null
     */
    public BackendException(Problem problem, String message, Throwable cause) {
        super(message, cause);
        this.problem = Objects.requireNonNull(problem, "problem");
    }

    /**
     * The kind of failure.
     *
     * @return never null
     */
    public Problem problem() {
        return problem;
    }

    /** The kinds of failure. */
    public enum Problem {
        /** The tuple, model or page token is not acceptable; nothing was changed. */
        INVALID_INPUT,
        /** The server refused the credentials that the engine is configured with. */
        CREDENTIALS_REFUSED,
        /** There is no such store, or no such model in it. */
        NOT_FOUND,
        /** This mode cannot do it. */
        UNSUPPORTED,
        /** No answer, too late, too busy, or an answer that is none. */
        UNAVAILABLE
    }
}
