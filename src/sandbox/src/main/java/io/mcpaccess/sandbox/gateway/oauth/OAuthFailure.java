package io.mcpaccess.sandbox.gateway.oauth;

/** An OAuth error with AM's wording, for the endpoint to answer. */
final class OAuthFailure extends RuntimeException {
    private final int status;
    private final String error;
    private final boolean challenge;

    private OAuthFailure(int status, String error, String description, boolean challenge) {
        super(description, null, false, false);
        this.status = status;
        this.error = error;
        this.challenge = challenge;
    }

    static OAuthFailure of(String error, String description) {
        return new OAuthFailure(400, error, description, false);
    }

    static OAuthFailure of(int status, String error, String description) {
        return new OAuthFailure(status, error, description, false);
    }

    /** A client that did not authenticate; AM challenges only a client that it knows. */
    static OAuthFailure invalidClient(String description, boolean challenge) {
        return new OAuthFailure(401, "invalid_client", description, challenge);
    }

    int status() {
        return status;
    }

    String error() {
        return error;
    }

    boolean challenge() {
        return challenge;
    }
}
