package io.mcpaccess.guard.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads an introspection response (RFC 7662, section 2.2) for one resource, strictly: what has a wrong type is no yes. */
final class IntrospectionAnswer {
    private static final String INACTIVE = "token_inactive";

    private final ResourceIdentifier resource;

    IntrospectionAnswer(ResourceIdentifier resource) {
        this.resource = resource;
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
        List<String> audiences = audiences(body.path("aud"));
        if (!audiences.contains(resource.toString())) {
            return new TokenCheck.ForAnotherServer();
        }
        return new TokenCheck.Accepted(new ActiveToken(
                text(body, "username"),
                text(body, "sub"),
                text(body, "client_id"),
                ActiveToken.scopes(body.path("scope").textValue()),
                audiences,
                expiresAt));
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

    private static Optional<Instant> seconds(JsonNode value) {
        return value.isNumber() ? Optional.of(Instant.ofEpochSecond(value.longValue())) : Optional.empty();
    }

    private static Optional<String> text(JsonNode body, String member) {
        String value = body.path(member).textValue();
        return Optional.ofNullable(value).filter(found -> !found.isBlank());
    }
}
