package io.mcpaccess.guard.oauth;

/** What came out of the check of an access token. */
public sealed interface TokenCheck {
    /**
     * Active and issued for this server.
     *
     * @param token what AM says about it
     */
    record Accepted(ActiveToken token) implements TokenCheck {}

    /**
     * No token of the issuer, expired or revoked.
     *
     * @param reason a code for the log; holds no secret
     */
    record Inactive(String reason) implements TokenCheck {}

    /**
     * Active, but its {@code aud} is missing or does not name this server (RFC 8707; MCP, token audience binding).
     *
     * @param named whether it names another one; AM leaves {@code aud} out of all its answers when told so
     */
    record ForAnotherServer(boolean named) implements TokenCheck {}

    /**
     * AM could not be asked or gave no usable answer: nothing is known about the token.
     *
     * @param reason for the log; holds no secret
     */
    record Unknown(String reason) implements TokenCheck {}
}
