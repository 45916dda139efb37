package io.mcpaccess.sandbox.am;

import io.gravitee.am.service.exception.AbstractManagementException;

/** A refusal of one of AM's services, with the status that its REST layer answers. */
public final class ManagementFailure extends AbstractManagementException {
    private final int status;

    /**
     * Makes the refusal.
     *
     * @param status HTTP status
     * @param message AM's message
     */
    public ManagementFailure(int status, String message) {
        super(message);
        this.status = status;
    }

    @Override
    public int getHttpStatusCode() {
        return status;
    }
}
