package io.mcpaccess.guard.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads the claims that introspection and a signed token have in common, strictly: what has a wrong type is no yes.
 * Threads may share it.
 */
public final class AccessTokenClaims {
    private static final String SUB = "sub";

    private final ResourceIdentifier resource;

    /**
     * @param resource what {@code aud} must hold
     */
    public AccessTokenClaims(ResourceIdentifier resource) {
        this.resource = Objects.requireNonNull(resource, "resource");
    }

    /**
     * @param claims of a token whose other claims (RFC 7519: {@code iss}, {@code exp}, {@code nbf}) were checked
     * @param expiresAt when it expires
     * @return whether it is for this server, and all that is known about it
     */
    public TokenCheck read(JsonNode claims, Optional<Instant> expiresAt) {
        List<String> audiences = audiences(claims.path("aud"));
        if (audiences.stream().noneMatch(resource::isNamedBy)) {
            return new TokenCheck.ForAnotherServer(!audiences.isEmpty());
        }
        Optional<Confirmation> confirmation = Confirmation.read(claims.path("cnf"));
        boolean isSaidBound = "dpop".equalsIgnoreCase(claims.path("token_type").textValue());
        if (confirmation.isEmpty() || isSaidBound && !confirmation.get().isBound()) {
            return new TokenCheck.Inactive("confirmation_unknown");
        }
        CallerKind holder = holder(claims, audiences);
        return new TokenCheck.Accepted(new ActiveToken(
                holder,
                holder == CallerKind.USER ? text(claims, "username") : Optional.empty(),
                text(claims, SUB),
                text(claims, "client_id"),
                holder == CallerKind.AGENT
                        ? text(claims.path("act"), SUB).or(() -> text(claims, "client_id"))
                        : Optional.empty(),
                ActiveToken.scopes(claims.path("scope").textValue()),
                audiences,
                confirmation.get(),
                expiresAt,
                text(claims.path("act"), SUB)));
    }

    /**
     * An agent's own token says its profile, and one of a user does not: its {@code sub} may be a user's id that the agent
     * chose, and AM's introspection then names that user. A user's token has a {@code username}, a {@code gis}, or, on
     * domains of AM's first version, another subject than its client. All others are a client's own: so is one whose client
     * is not known, as AM 4.10 names none in a JWT, and the server's URI in the first introspections.
     */
    private static CallerKind holder(JsonNode claims, List<String> audiences) {
        if (claims.hasNonNull("sub_profile")) {
            return CallerKind.AGENT;
        }
        Optional<String> client = text(claims, "client_id").filter(id -> !audiences.contains(id));
        Optional<String> subject = text(claims, SUB);
        boolean clients = subject.isPresent() && subject.equals(client);
        boolean users = text(claims, "username").isPresent()
                || text(claims, "gis").isPresent()
                || subject.isPresent() && client.isPresent();
        return users && !clients ? CallerKind.USER : CallerKind.APPLICATION;
    }

    private static List<String> audiences(JsonNode aud) {
        if (aud.isTextual()) {
            return List.of(aud.textValue());
        }
        List<String> audiences = new ArrayList<>();
        for (JsonNode one : aud) {
            if (aud.isArray() && one.isTextual()) {
                audiences.add(one.textValue());
            }
        }
        return audiences;
    }

    private static Optional<String> text(JsonNode claims, String member) {
        String value = claims.path(member).textValue();
        return Optional.ofNullable(value).filter(found -> !found.isBlank());
    }
}
