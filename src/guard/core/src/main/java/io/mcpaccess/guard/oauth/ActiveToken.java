package io.mcpaccess.guard.oauth;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is known about a token that is active and issued for this server, from AM's introspection (RFC 7662, section
 * 2.2) or its own signed claims (RFC 9068, section 2.2). It does not hold the token.
 *
 * @param username the user's name; empty for a client's own token, and for a JWT without the claim
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

    /**
     * @param scope the space-separated list of RFC 6749, section 3.3; null for none
     * @return its scopes
     */
    public static Set<String> scopes(String scope) {
        String text = scope == null ? "" : scope.trim();
        return text.isEmpty() ? Set.of() : new HashSet<>(List.of(text.split(" +")));
    }
}
