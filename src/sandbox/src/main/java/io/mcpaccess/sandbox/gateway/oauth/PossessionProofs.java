package io.mcpaccess.sandbox.gateway.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.vertx.ext.web.RoutingContext;
import java.text.ParseException;
import java.time.Clock;
import java.util.List;

/**
 * Proofs of possession at the token endpoint (RFC 9449), which AM takes since 4.13: a request with one gets a token that is bound
 * to its key. ES256 alone, and no memory of used proofs: enough for a client that behaves.
 */
final class PossessionProofs {
    private static final long WINDOW_SECONDS = 60;
    private static final String TYPE = "dpop+jwt";

    private final String endpoint;
    private final Clock clock;

    PossessionProofs(String endpoint, Clock clock) {
        this.endpoint = endpoint;
        this.clock = clock;
    }

    /** The thumbprint (RFC 7638) of the request's key, null where it has no proof; an {@link OAuthFailure} for a wrong one. */
    String thumbprint(RoutingContext context) {
        List<String> proofs = context.request().headers().getAll("DPoP");
        if (proofs.isEmpty()) {
            return null;
        }
        try {
            SignedJWT proof = SignedJWT.parse(proofs.size() == 1 ? proofs.get(0) : "");
            JWK key = proof.getHeader().getJWK();
            JWTClaimsSet claims = proof.getJWTClaimsSet();
            if (key == null
                    || key.isPrivate()
                    || proof.getHeader().getType() == null
                    || !TYPE.equals(proof.getHeader().getType().getType())
                    || !JWSAlgorithm.ES256.equals(proof.getHeader().getAlgorithm())
                    || !proof.verify(new ECDSAVerifier(key.toECKey()))
                    || !"POST".equals(claims.getStringClaim("htm"))
                    || !endpoint.equals(claims.getStringClaim("htu"))
                    || claims.getJWTID() == null
                    || claims.getIssueTime() == null
                    || Math.abs(claims.getIssueTime().getTime() - clock.millis()) > WINDOW_SECONDS * 1000) {
                throw refused();
            }
            return key.computeThumbprint().toString();
        } catch (ParseException | JOSEException | ClassCastException e) {
            throw refused();
        }
    }

    private static OAuthFailure refused() {
        return OAuthFailure.of("invalid_dpop_proof", "Invalid DPoP proof");
    }
}
