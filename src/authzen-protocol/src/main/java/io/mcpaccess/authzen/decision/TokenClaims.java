package io.mcpaccess.authzen.decision;

import io.gravitee.am.common.jwt.JWT;
import io.gravitee.am.model.User;
import io.mcpaccess.core.decision.TokenState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The claims of a verified access token.
 *
 * @param jwt the token as AM decoded it
 */
record TokenClaims(JWT jwt) {

    /** Longer chains of actors are no use to anybody; the pipeline denies them much earlier. */
    private static final int MAX_ACTORS = 16;

    /** The {@code sub} claim. */
    Optional<String> subject() {
        return text("sub");
    }

    /** The {@code jti} claim. */
    Optional<String> id() {
        return text("jti");
    }

    /** The {@code client_id} claim (RFC 9068); AM 4.10 does not set it. */
    Optional<String> clientId() {
        return text("client_id");
    }

    /**
     * The actors of the {@code act} claim, the current one first (RFC 8693, section 4.1).
     *
     * @return the actors, none for a token without the claim; empty where the claim cannot be read
     */
    Optional<List<String>> actors() {
        List<String> actors = new ArrayList<>();
        Object act = jwt.get("act");
        while (act != null) {
            if (!(act instanceof Map<?, ?> actor)
                    || !(actor.get("sub") instanceof String subject)
                    || actors.size() == MAX_ACTORS) {
                return Optional.empty();
            }
            actors.add(subject);
            act = actor.get("act");
        }
        return Optional.of(actors);
    }

    /**
     * Whether the token is a client's own, from the client credentials grant. A user's token of AM has the internal
     * subject {@code gis}; on domains of AM's first version it has not, but then its subject is not the client.
     */
    boolean isOfClient(Optional<String> client) {
        return text("gis").isEmpty() && client.isPresent() && client.equals(subject());
    }

    TokenState ofClient(Optional<String> client) {
        return active(client, Optional.empty(), Optional.empty());
    }

    TokenState ofUser(Optional<String> client, User user) {
        if (user.getUsername() == null || isDisabled(user)) {
            return new TokenState.Inactive();
        }
        return active(client, Optional.of(user.getUsername()), Optional.ofNullable(user.getSource()));
    }

    /** Not every line of AM is known to have this accessor in this form; without it AM's own introspection says enough. */
    private static boolean isDisabled(User user) {
        try {
            return Boolean.FALSE.equals(user.isEnabled());
        } catch (NoSuchMethodError e) {
            return false;
        }
    }

    private TokenState active(Optional<String> client, Optional<String> username, Optional<String> source) {
        return new TokenState.Active(
                subject().orElseThrow(),
                username,
                source,
                client,
                jwt.getAudList(),
                scopes(),
                Instant.ofEpochSecond(jwt.get("iat") instanceof Number seconds ? seconds.longValue() : 0),
                actors().orElseThrow());
    }

    private Set<String> scopes() {
        return text("scope").stream()
                .flatMap(scope -> Arrays.stream(scope.trim().split("\\s+")))
                .filter(scope -> !scope.isEmpty())
                .collect(Collectors.toSet());
    }

    private Optional<String> text(String claim) {
        return jwt.get(claim) instanceof String value && !value.isEmpty() ? Optional.of(value) : Optional.empty();
    }

    /** Shows no claim. */
    @Override
    public String toString() {
        return "TokenClaims";
    }
}
