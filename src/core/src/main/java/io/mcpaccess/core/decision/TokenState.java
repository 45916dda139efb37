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
     * @param holder whose it is
     * @param subject the {@code sub} claim
     * @param clientId the application that the token was issued to, where it is known for certain
     * @param audience the {@code aud} claim as a list; empty where the token has none
     * @param scopes the granted scopes
     * @param issuedAt the {@code iat} claim
     * @param actors the subjects of the {@code act} claim, the current actor first (RFC 8693, section 4.1)
     * @param agentInstance the name by which AM means the client itself, where that is an agent application that AM knows an
     *     instance of; the client id is the name of all its instances
     * @param isBound whether the token is bound to a key or certificate ({@code cnf}, RFC 7800)
     */
    record Active(
            TokenHolder holder,
            String subject,
            Optional<String> clientId,
            List<String> audience,
            Set<String> scopes,
            Instant issuedAt,
            List<String> actors,
            Optional<String> agentInstance,
            boolean isBound)
            implements TokenState {

        /** Requires all parts, and copies the collections. */
        public Active {
            Objects.requireNonNull(holder, "holder");
            Objects.requireNonNull(subject, "subject");
            Objects.requireNonNull(clientId, "clientId");
            Objects.requireNonNull(issuedAt, "issuedAt");
            Objects.requireNonNull(agentInstance, "agentInstance");
            audience = List.copyOf(audience);
            scopes = Set.copyOf(scopes);
            actors = List.copyOf(actors);
        }

        /**
         * The same without further claims: not of an agent application, not bound.
         *
         * @param holder whose it is
         * @param subject the {@code sub} claim
         * @param clientId the application that the token was issued to, where it is known
         * @param audience the {@code aud} claim
         * @param scopes the granted scopes
         * @param issuedAt the {@code iat} claim
         * @param actors the subjects of the {@code act} claim
         */
        public Active(
                TokenHolder holder,
                String subject,
                Optional<String> clientId,
                List<String> audience,
                Set<String> scopes,
                Instant issuedAt,
                List<String> actors) {
            this(holder, subject, clientId, audience, scopes, issuedAt, actors, Optional.empty(), false);
        }

        /**
         * The user who holds the token.
         *
         * @return the user, or nothing where the token is an application's or agent's own
         */
        public Optional<TokenHolder.User> user() {
            return holder instanceof TokenHolder.User user ? Optional.of(user) : Optional.empty();
        }
    }
}
