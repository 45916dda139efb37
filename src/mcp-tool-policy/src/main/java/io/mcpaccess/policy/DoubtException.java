package io.mcpaccess.policy;

/** Nothing can be decided. Its message is for the log and the audit, never for the client. */
final class DoubtException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    /**
     * A doubt.
     *
     * @param reason a stable code, lower-case words joined by underscores
     * @param message what was seen and what to do, for the administrator
     */
    DoubtException(String reason, String message) {
        super(message);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
