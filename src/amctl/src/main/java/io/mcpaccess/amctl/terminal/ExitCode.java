package io.mcpaccess.amctl.terminal;

/** How a call ended. The numbers are stable: pipelines rest on them. */
public enum ExitCode {
    /** Done, or nothing to do; for a check: allowed. */
    DONE(0),
    /** AM or the engine failed. */
    FAILED(1),
    /** The command line or a file is wrong; nothing was sent. */
    USAGE(2),
    /** A part of the plan is refused. */
    REFUSED(3),
    /** A server serves other tools than are registered. */
    DRIFT(4),
    /** The check's answer is no. */
    DENIED(5),
    /** AM cannot be reached. */
    UNREACHABLE(6),
    /** AM does not take the credentials, or a right is missing. */
    UNAUTHORISED(7),
    /** The doctor found something that has to be mended. */
    ILL(8),
    /** A change lets somebody gain or lose what nobody has signed off. */
    IMPACT(9),
    /** A test of permissions does not hold, or has no answer; a model has something to mend. */
    UNMET(10);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    /**
     * The process's exit code.
     *
     * @return 0 to 10
     */
    public int number() {
        return number;
    }

    /**
     * The one of two that a caller must hear of.
     *
     * @param other another outcome of the same call
     * @return the first that is not {@link #DONE}
     */
    public ExitCode or(ExitCode other) {
        return this == DONE ? other : this;
    }
}
