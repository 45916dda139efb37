package io.gravitee.am.common.exception.oauth2;

/**
 * A request that lacks a parameter or has a wrong one.
 */
public class InvalidRequestException extends OAuth2Exception {
    public InvalidRequestException(String message) {
        super(message);
    }

    @Override
    public String getOAuth2ErrorCode() {
        return "invalid_request";
    }
}
