package io.mcpaccess.sandbox.gateway.flow;

/** A policy refused the request: what it gave to {@code PolicyChain.failWith}, or AM's answer to a policy that threw. */
public final class PolicyFailure extends RuntimeException {
    private final String key;
    private final int status;

    /**
     * Makes the failure.
     *
     * @param key the policy's error key, may be null
     * @param status HTTP status
     * @param message the policy's message, may be null
     */
    public PolicyFailure(String key, int status, String message) {
        super(message, null, false, false);
        this.key = key;
        this.status = status;
    }

    /** The error key. */
    public String key() {
        return key;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }
}
