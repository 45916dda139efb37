package io.gravitee.am.common.exception.oauth2;

/**
 * An access token that is expired, revoked, of another domain or not one at all.
 */
public class InvalidTokenException extends OAuth2Exception {
    public InvalidTokenException(String message) {
        super(message);
    }

    @Override
    public String getOAuth2ErrorCode() {
        return "invalid_token";
    }

    @Override
    public int getHttpStatusCode() {
        return 401;
    }
}
