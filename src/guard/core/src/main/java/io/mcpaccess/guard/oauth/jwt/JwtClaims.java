package io.mcpaccess.guard.oauth.jwt;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jwt.JWTClaimsSet;
import io.mcpaccess.guard.oauth.AccessTokenClaims;
import io.mcpaccess.guard.oauth.ResourceIdentifier;
import io.mcpaccess.guard.oauth.TokenCheck;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Reads the claims of an access token whose signature holds (RFC 9068, sections 2.2 and 4). */
final class JwtClaims {
    private final URI issuer;
    private final AccessTokenClaims claims;
    private final ObjectMapper mapper = new ObjectMapper();
    private final Duration skew;

    /**
     * @param issuer what {@code iss} must be
     * @param resource what {@code aud} must hold
     * @param skew how far the clocks may differ
     */
    JwtClaims(URI issuer, ResourceIdentifier resource, Duration skew) {
        this.issuer = issuer;
        this.claims = new AccessTokenClaims(resource);
        this.skew = skew;
    }

    TokenCheck read(JWTClaimsSet signed, Instant now) {
        if (!issuer.toString().equals(signed.getIssuer())) {
            return new TokenCheck.Inactive("issuer_mismatch");
        }
        if (signed.getExpirationTime() == null) {
            return new TokenCheck.Inactive("token_without_expiry");
        }
        Instant expiry = signed.getExpirationTime().toInstant();
        if (!now.isBefore(expiry.plus(skew))) {
            return new TokenCheck.Inactive("token_expired");
        }
        if (signed.getNotBeforeTime() != null
                && now.plus(skew).isBefore(signed.getNotBeforeTime().toInstant())) {
            return new TokenCheck.Inactive("token_not_yet_valid");
        }
        return claims.read(mapper.valueToTree(signed.toJSONObject()), Optional.of(expiry));
    }
}
