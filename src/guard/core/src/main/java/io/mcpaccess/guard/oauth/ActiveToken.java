package io.mcpaccess.guard.oauth;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What is known about a token that is active and issued for this server, from AM's introspection (RFC 7662, section
 * 2.2) or its own signed claims (RFC 9068, section 2.2). It does not hold the token.
 *
 * @param kind whose token it is
 * @param username the user's name; empty for a token that is no user's, and for a JWT without the claim
 * @param subject the {@code sub} claim, if any
 * @param clientId the client, as introspection says it: AM 4.10 names a resource URI here while a token is younger
 *     than ten seconds
 * @param blueprint the client that an agent's token stands for; empty for others
 * @param scopes the token's scopes; never null
 * @param audiences every value of {@code aud}; this server's identifier is among them
 * @param confirmation what the token is bound to
 * @param expiresAt when it expires, if the answer says so
 * @param actor who acts for the subject ({@code act.sub}, RFC 8693, section 4.1), if anybody
 */
public record ActiveToken(
        CallerKind kind,
        Optional<String> username,
        Optional<String> subject,
        Optional<String> clientId,
        Optional<String> blueprint,
        Set<String> scopes,
        List<String> audiences,
        Confirmation confirmation,
        Optional<Instant> expiresAt,
        Optional<String> actor) {
    /** Takes immutable copies. */
    public ActiveToken {
        Objects.requireNonNull(kind, "kind");
        scopes = Set.copyOf(scopes);
        audiences = List.copyOf(audiences);
        Objects.requireNonNull(confirmation, "confirmation");
        Objects.requireNonNull(actor, "actor");
    }

    /**
     * A token that nobody but its subject acts with; the parameters are the record's.
     *
     * @param kind whose token it is
     * @param username the user's name
     * @param subject the {@code sub} claim
     * @param clientId the client
     * @param blueprint the client that an agent's token stands for
     * @param scopes the token's scopes
     * @param audiences every value of {@code aud}
     * @param confirmation what the token is bound to
     * @param expiresAt when it expires
     */
    public ActiveToken(
            CallerKind kind,
            Optional<String> username,
            Optional<String> subject,
            Optional<String> clientId,
            Optional<String> blueprint,
            Set<String> scopes,
            List<String> audiences,
            Confirmation confirmation,
            Optional<Instant> expiresAt) {
        this(
                kind,
                username,
                subject,
                clientId,
                blueprint,
                scopes,
                audiences,
                confirmation,
                expiresAt,
                Optional.empty());
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
