package io.mcpaccess.sandbox.gateway.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The signing key of a domain, made at its start: tokens do not survive a restart of the sandbox, as its data does not. */
public final class DomainKeys {
    private static final int KEY_SIZE = 2048;

    private final RSAKey key;
    private final RSASSASigner signer;
    private final RSASSAVerifier verifier;

    /** Makes a new RSA key; takes a moment, so never on an event loop. */
    public DomainKeys() {
        try {
            this.key = new RSAKeyGenerator(KEY_SIZE)
                    .keyID(UUID.randomUUID().toString())
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .generate();
            this.signer = new RSASSASigner(key);
            this.verifier = new RSASSAVerifier(key.toRSAPublicKey());
        } catch (JOSEException e) {
            throw new IllegalStateException("No RSA key can be made on this Java", e);
        }
    }

    /** The public part, for the JWKS endpoint. */
    JWKSet publicKeys() {
        return new JWKSet(key.toPublicJWK());
    }

    /**
     * Signs claims.
     *
     * @param claims the claims, times in epoch seconds
     * @return the compact JWT
     */
    String sign(Map<String, Object> claims) {
        try {
            JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                    .keyID(key.getKeyID())
                    .type(JOSEObjectType.JWT)
                    .build();
            SignedJWT jwt = new SignedJWT(header, JWTClaimsSet.parse(claims));
            jwt.sign(signer);
            return jwt.serialize();
        } catch (JOSEException | ParseException e) {
            throw new IllegalStateException("A token cannot be signed", e);
        }
    }

    /**
     * Reads a token of this domain.
     *
     * @param token the compact JWT
     * @return its claims, times in epoch seconds; empty where it is no JWT or another key signed it
     */
    Optional<Map<String, Object>> read(String token) {
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            boolean genuine = JWSAlgorithm.RS256.equals(jwt.getHeader().getAlgorithm()) && jwt.verify(verifier);
            return genuine ? Optional.of(jwt.getPayload().toJSONObject()) : Optional.empty();
        } catch (ParseException | JOSEException | IllegalStateException e) {
            return Optional.empty();
        }
    }
}
