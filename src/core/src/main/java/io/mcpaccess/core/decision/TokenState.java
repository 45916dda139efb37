package io.mcpaccess.core.decision;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What introspection says of an access token. */
public sealed interface TokenState {

    /** Unknown, expired, revoked, of another domain, or not meant for the caller. */
    record Inactive() implements TokenState {}

    /**
     * A live token.
     *
     * @param subject the {@code sub} claim
     * @param username the user's name, or nothing where the token is a client's own
     * @param source the identity provider that the user comes from, or nothing
     * @param clientId the application that the token was issued to, where it is known for certain
     * @param audience the {@code aud} claim as a list; empty where the token has none
     * @param scopes the granted scopes
     * @param issuedAt the {@code iat} claim
     * @param actors the subjects of the {@code act} claim, the current actor first (RFC 8693, section 4.1)
     */
    record Active(
            String subject,
            Optional<String> username,
            Optional<String> source,
            Optional<String> clientId,
            List<String> audience,
            Set<String> scopes,
            Instant issuedAt,
            List<String> actors)
            implements TokenState {

        public Active {
            Objects.requireNonNull(subject, "subject");
            Objects.requireNonNull(issuedAt, "issuedAt");
            audience = List.copyOf(audience);
            scopes = Set.copyOf(scopes);
            actors = List.copyOf(actors);
        }
    }
}
