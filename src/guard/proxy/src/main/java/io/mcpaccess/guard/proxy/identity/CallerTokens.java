package io.mcpaccess.guard.proxy.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Signs what a server is told about its callers, for that server alone and for a minute. A token is used again for half of
 * that time: signing costs more than the rest of a request. Threads may share it.
 */
public final class CallerTokens {
    /** The type in the header of such a token, so that it passes for no other (RFC 8725, section 3.11). */
    static final JOSEObjectType TYPE = new JOSEObjectType("mcp-caller+jwt");

    private static final Duration LIFETIME = Duration.ofMinutes(1);
    private static final int MOST_REMEMBERED = 2000;

    private final JWSHeader header;
    private final JWSSigner signer;
    private final String issuer;
    private final String audience;
    private final InstantSource clock;
    private final Map<CallerFacts, Signed> recent = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<CallerFacts, Signed> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    private record Signed(String token, Instant reusedUntil) {}

    /**
     * @param key the proxy's own
     * @param issuer the resource identifier of the guarded server
     * @param audience the server behind, as the proxy calls it
     * @param clock tells when tokens expire
     */
    public CallerTokens(SigningKey key, String issuer, String audience, InstantSource clock) {
        this.header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(TYPE)
                .keyID(key.key().getKeyID())
                .build();
        try {
            this.signer = new ECDSASigner(key.key());
        } catch (JOSEException impossible) {
            throw new IllegalStateException("the key cannot sign", impossible);
        }
        this.issuer = issuer;
        this.audience = audience;
        this.clock = clock;
    }

    /**
     * @param facts about a caller
     * @return a signed token (RFC 7519) that says them
     */
    public String of(CallerFacts facts) {
        Instant now = clock.instant();
        synchronized (recent) {
            Signed known = recent.get(facts);
            if (known != null && now.isBefore(known.reusedUntil())) {
                return known.token();
            }
        }
        String token = signed(facts, now);
        synchronized (recent) {
            recent.put(facts, new Signed(token, now.plus(LIFETIME.dividedBy(2))));
        }
        return token;
    }

    private String signed(CallerFacts facts, Instant now) {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(issuer)
                .audience(audience)
                .subject(facts.subject())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFETIME)))
                .claim("scope", facts.scopes());
        facts.client().ifPresent(client -> claims.claim("client_id", client));
        facts.actor().ifPresent(actor -> claims.claim("act", Map.of("sub", actor)));
        SignedJWT token = new SignedJWT(header, claims.build());
        try {
            token.sign(signer);
        } catch (JOSEException impossible) {
            throw new IllegalStateException("the caller's token could not be signed", impossible);
        }
        return token.serialize();
    }
}
