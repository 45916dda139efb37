package io.mcpaccess.guard.oauth.jwt;

import com.nimbusds.jwt.JWTClaimsSet;
import io.mcpaccess.guard.oauth.ActiveToken;
import io.mcpaccess.guard.oauth.ResourceIdentifier;
import io.mcpaccess.guard.oauth.TokenCheck;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Reads the claims of an access token whose signature holds (RFC 9068, sections 2.2 and 4). */
final class JwtClaims {
    private final URI issuer;
    private final ResourceIdentifier resource;
    private final Duration skew;

    /**
     * @param issuer what {@code iss} must be
     * @param resource what {@code aud} must hold
     * @param skew how far the clocks may differ
     */
    JwtClaims(URI issuer, ResourceIdentifier resource, Duration skew) {
        this.issuer = issuer;
        this.resource = resource;
        this.skew = skew;
    }

    TokenCheck read(JWTClaimsSet claims, Instant now) {
        if (!issuer.toString().equals(claims.getIssuer())) {
            return new TokenCheck.Inactive("issuer_mismatch");
        }
        if (claims.getExpirationTime() == null) {
            return new TokenCheck.Inactive("token_without_expiry");
        }
        Instant expiry = claims.getExpirationTime().toInstant();
        if (!now.isBefore(expiry.plus(skew))) {
            return new TokenCheck.Inactive("token_expired");
        }
        if (claims.getNotBeforeTime() != null
                && now.plus(skew).isBefore(claims.getNotBeforeTime().toInstant())) {
            return new TokenCheck.Inactive("token_not_yet_valid");
        }
        if (!claims.getAudience().contains(resource.toString())) {
            return new TokenCheck.ForAnotherServer();
        }
        return new TokenCheck.Accepted(new ActiveToken(
                text(claims, "username"),
                text(claims, "sub"),
                text(claims, "client_id"),
                ActiveToken.scopes(text(claims, "scope").orElse(null)),
                claims.getAudience(),
                Optional.of(expiry)));
    }

    private static Optional<String> text(JWTClaimsSet claims, String name) {
        return claims.getClaim(name) instanceof String text && !text.isBlank() ? Optional.of(text) : Optional.empty();
    }
}
