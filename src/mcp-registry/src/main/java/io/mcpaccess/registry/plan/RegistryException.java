package io.mcpaccess.registry.plan;

/** A call that cannot be done, with the status that says why. The message is for the caller and holds no secrets. */
public final class RegistryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * A refusal.
     *
     * @param status the HTTP status
     * @param message what is wrong and what to do
     */
    public RegistryException(int status, String message) {
        this(status, message, null);
    }

    /**
     * A refusal with a cause for the log.
     *
     * @param status the HTTP status
     * @param message what is wrong and what to do
     * @param cause where it came from; may be null
     */
    public RegistryException(int status, String message, Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    /**
     * The HTTP status.
     *
     * @return 400 to 599
     */
    public int status() {
        return status;
    }
}
