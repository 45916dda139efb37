package io.mcpaccess.sandbox.gateway.oauth;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** A refused authorization request: for the client's redirect URI once that is trusted, else for the user on AM's error page. */
final class AuthorizationFailure extends RuntimeException {
    private final String error;
    private final String redirectUri;
    private final String state;

    AuthorizationFailure(String error, String description, String redirectUri, String state) {
        super(description, null, false, false);
        this.error = error;
        this.redirectUri = redirectUri;
        this.state = state;
    }

    static AuthorizationFailure forUser(String error, String description) {
        return new AuthorizationFailure(error, description, null, null);
    }

    String error() {
        return error;
    }

    /** Where the browser goes. */
    String location(String base) {
        String target = redirectUri == null ? base + "/oauth/error" : redirectUri;
        StringBuilder location = new StringBuilder(target)
                .append(target.indexOf('?') < 0 ? '?' : '&')
                .append("error=")
                .append(encode(error))
                .append("&error_description=")
                .append(encode(getMessage()));
        if (state != null) {
            location.append("&state=").append(encode(state));
        }
        return location.toString();
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
