package io.mcpaccess.amctl.am;

/** An answer of AM's that is no success. */
public final class AmFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * A failure.
     *
     * @param status the HTTP status
     * @param message what AM says, may be empty
     */
    public AmFailure(int status, String message) {
        super(
                message.isEmpty()
                        ? "AM's management API answers " + status + " and does not say why."
                        : message + " (AM's management API, status " + status + ")");
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
