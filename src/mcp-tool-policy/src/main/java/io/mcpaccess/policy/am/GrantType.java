package io.mcpaccess.policy.am;

/** How a token is asked for, as far as it matters here. */
public enum GrantType {
    /** By a code or a refresh token: behind it stands the consent page (RFC 6749, sections 4.1 and 6). */
    APPROVED_ON_A_PAGE,
    /** By the application for itself (RFC 6749, section 4.4). */
    CLIENT_CREDENTIALS,
    /** By another token (RFC 8693). */
    TOKEN_EXCHANGE,
    /** In any other way. */
    OTHER;

    /**
     * Reads a grant type.
     *
     * @param name the {@code grant_type}, or {@code null}
     * @return what it is
     */
    public static GrantType of(String name) {
        return switch (String.valueOf(name)) {
            case "authorization_code", "refresh_token" -> APPROVED_ON_A_PAGE;
            case "client_credentials" -> CLIENT_CREDENTIALS;
            case "urn:ietf:params:oauth:grant-type:token-exchange" -> TOKEN_EXCHANGE;
            default -> OTHER;
        };
    }
}
