package io.mcpaccess.guard.oauth;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What AM's introspection says about a token that is active and issued for this server (RFC 7662, section 2.2). It
 * does not hold the token.
 *
 * @param username the user's name; empty for a client's own token
 * @param subject the {@code sub} claim, if any
 * @param clientId the client, as introspection says it: AM 4.10 names a resource URI here while a token is younger
 *     than ten seconds
 * @param scopes the token's scopes; never null
 * @param audiences every value of {@code aud}; this server's identifier is among them
 * @param expiresAt when it expires, if the answer says so
 */
public record ActiveToken(
        Optional<String> username,
        Optional<String> subject,
        Optional<String> clientId,
        Set<String> scopes,
        List<String> audiences,
        Optional<Instant> expiresAt) {
    /** Takes immutable copies. */
    public ActiveToken {
        scopes = Set.copyOf(scopes);
        audiences = List.copyOf(audiences);
    }
}
