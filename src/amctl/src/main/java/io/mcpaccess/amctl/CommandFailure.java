package io.mcpaccess.amctl;

/** A call that ends here. The message is for a person: what was wrong, where, what to do; never a secret. */
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode code;

    /**
     * A failure.
     *
     * @param code how the process ends
     * @param message what is wrong and what to do
     */
    public CommandFailure(ExitCode code, String message) {
        super(message);
        this.code = code;
    }

    /**
     * How the process ends.
     *
     * @return the exit code
     */
    public ExitCode code() {
        return code;
    }
}
