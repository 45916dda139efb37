package io.mcpaccess.guard.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/** Reads an introspection response (RFC 7662, section 2.2) for one resource, strictly: what has a wrong type is no yes. */
final class IntrospectionAnswer {
    private static final String INACTIVE = "token_inactive";

    private final AccessTokenClaims claims;

    IntrospectionAnswer(ResourceIdentifier resource) {
        this.claims = new AccessTokenClaims(resource);
    }

    TokenCheck read(JsonNode body, Instant now) {
        if (!body.path("active").isBoolean()) {
            return new TokenCheck.Unknown("the introspection answer has no boolean 'active'");
        }
        if (!body.path("active").booleanValue()) {
            return new TokenCheck.Inactive(INACTIVE);
        }
        Optional<Instant> expiresAt = seconds(body.path("exp"));
        if (!body.path("exp").isMissingNode() && expiresAt.isEmpty()) {
            return new TokenCheck.Unknown("the introspection answer has an 'exp' that is no number");
        }
        if (expiresAt.isPresent() && !now.isBefore(expiresAt.get())) {
            return new TokenCheck.Inactive(INACTIVE);
        }
        return claims.read(body, expiresAt);
    }

    private static Optional<Instant> seconds(JsonNode value) {
        return value.isNumber() ? Optional.of(Instant.ofEpochSecond(value.longValue())) : Optional.empty();
    }
}
