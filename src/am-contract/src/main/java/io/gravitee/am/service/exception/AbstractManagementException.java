package io.gravitee.am.service.exception;

/**
 * An error of AM's services with an HTTP status; the management API answers {@code {message, http_status}}.
 */
public abstract class AbstractManagementException extends RuntimeException {
    protected AbstractManagementException() {}

    protected AbstractManagementException(Throwable cause) {
        super(cause);
    }

    protected AbstractManagementException(String message) {
        super(message);
    }

    protected AbstractManagementException(String message, Throwable cause) {
        super(message, cause);
    }

    public abstract int getHttpStatusCode();
}
