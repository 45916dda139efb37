package io.mcpaccess.guard.oauth.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import io.mcpaccess.guard.http.AmCalls;
import io.mcpaccess.guard.http.RemoteCall;
import io.mcpaccess.guard.oauth.AmDomain;
import io.mcpaccess.guard.oauth.ResourceIdentifier;
import io.mcpaccess.guard.oauth.TokenCheck;
import io.mcpaccess.guard.oauth.TokenChecker;
import io.mcpaccess.guard.oauth.TokenValidation;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Checks an access token by its signature and claims (RFC 9068, section 4). A key is taken only from the issuer's key
 * set, never from the token's own header, and only for an algorithm that was allowed (RFC 8725, sections 3.1 and 3.10).
 * Threads may share it.
 */
public final class SignedTokens implements TokenChecker {
    /** AM says {@code JWT}; RFC 9068 {@code at+jwt}. Other types are other kinds of tokens (RFC 8725, section 3.11). */
    private static final Set<String> TYPES = Set.of("jwt", "at+jwt", "application/at+jwt");

    private final Set<String> algorithms;
    private final IssuerKeys keys;
    private final JwtClaims claims;
    private final Clock clock;

    /**
     * @param domain where AM is reached
     * @param issuer the issuer identifier
     * @param resource this MCP server
     * @param rules algorithms, skew and the keys' lifetime
     * @param remote makes the calls
     * @param clock tells the time
     */
    public SignedTokens(
            AmDomain domain,
            URI issuer,
            ResourceIdentifier resource,
            TokenValidation.Jwt rules,
            AmCalls remote,
            Clock clock) {
        this.algorithms = rules.algorithms();
        this.keys = new IssuerKeys(new KeyDiscovery(domain, issuer, remote)::fetch, rules.keyLifetime(), clock);
        this.claims = new JwtClaims(issuer, resource, rules.clockSkew());
        this.clock = clock;
    }

    @Override
    public CompletableFuture<TokenCheck> check(String token) {
        SignedJWT jwt;
        try {
            jwt = SignedJWT.parse(token);
        } catch (ParseException noSignedJwt) {
            return CompletableFuture.completedFuture(new TokenCheck.Inactive("not_a_signed_jwt"));
        }
        JWSHeader header = jwt.getHeader();
        if (!algorithms.contains(header.getAlgorithm().getName())) {
            return CompletableFuture.completedFuture(new TokenCheck.Inactive("algorithm_not_allowed"));
        }
        if (!isAccessToken(header.getType())) {
            return CompletableFuture.completedFuture(new TokenCheck.Inactive("type_not_allowed"));
        }
        return keys.keys()
                .thenCompose(known -> key(known, header)
                        .map(key -> CompletableFuture.completedFuture(Optional.of(key)))
                        .orElseGet(() -> keys.newerKeys().thenApply(newer -> key(newer, header))))
                .handle((key, failure) -> failure == null ? read(jwt, key) : unknown(failure));
    }

    /** Nothing is remembered about single tokens. */
    @Override
    public void forget(String token) {}

    private static boolean isAccessToken(JOSEObjectType type) {
        return type == null || TYPES.contains(type.getType().toLowerCase(Locale.ROOT));
    }

    /** The one key that the header means; two are none, as nobody can tell which counts. */
    private static Optional<JWK> key(JWKSet known, JWSHeader header) {
        List<JWK> matching = new JWKSelector(JWKMatcher.forJWSHeader(header)).select(known);
        return matching.size() == 1 ? Optional.of(matching.get(0)) : Optional.empty();
    }

    private TokenCheck read(SignedJWT jwt, Optional<JWK> key) {
        if (key.isEmpty() || !(key.get() instanceof AsymmetricJWK signer)) {
            return new TokenCheck.Inactive("key_unknown");
        }
        try {
            var verifier = new DefaultJWSVerifierFactory().createJWSVerifier(jwt.getHeader(), signer.toPublicKey());
            return jwt.verify(verifier)
                    ? claims.read(jwt.getJWTClaimsSet(), clock.instant())
                    : new TokenCheck.Inactive("signature_wrong");
        } catch (JOSEException | ParseException unusable) {
            return new TokenCheck.Inactive("signature_wrong");
        }
    }

    private static TokenCheck unknown(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        String reason = cause instanceof UnusableDocumentException || cause instanceof IllegalStateException
                ? cause.getMessage()
                : RemoteCall.reason(failure);
        return new TokenCheck.Unknown("the issuer's keys cannot be had: " + reason);
    }
}
