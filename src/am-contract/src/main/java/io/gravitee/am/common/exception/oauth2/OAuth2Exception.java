package io.gravitee.am.common.exception.oauth2;

/**
 * An error that AM answers in the form of OAuth 2.0.
 */
public abstract class OAuth2Exception extends RuntimeException {
    protected OAuth2Exception() {}

    protected OAuth2Exception(String message) {
        super(message);
    }

    protected OAuth2Exception(String message, Throwable cause) {
        super(message, cause);
    }

    public abstract String getOAuth2ErrorCode();

    public int getHttpStatusCode() {
        return 400;
    }
}
