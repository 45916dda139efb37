package io.mcpaccess.samples.client;

/** A step of discovery or authorization went another way than it must. */
public final class FlowException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * @param message which step, and what came instead; holds no secret
     */
    public FlowException(String message) {
        super(message);
    }
}
