package io.gravitee.am.reporter.api.audit.model;

/**
 * How it went. The message of a decision is a JSON Patch that adds request, response and result to nothing; of a failure, its text.
 */
public class AuditOutcome {
    private String message;

    public String getMessage() {
        return message;
    }

    public void setMessage(String message) {
        this.message = message;
    }
}
