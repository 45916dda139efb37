package io.mcpaccess.guard.oauth.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.mcpaccess.guard.oauth.ProofRules;
import io.mcpaccess.guard.oauth.ResourceIdentifier;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Checks DPoP proofs (RFC 9449, section 4.3): that whoever sends the token holds the key it is bound to. Signatures and
 * thumbprints are Nimbus's; its own verifier of proofs is in a library of seven more jars and has a clock of its own.
 * Threads may share it.
 */
public final class DpopProofs {
    private static final JOSEObjectType TYPE = new JOSEObjectType("dpop+jwt");
    private static final int MOST_CHARACTERS = 8192;
    private static final int MOST_ID_CHARACTERS = 256;

    private final ResourceIdentifier resource;
    private final ProofRules rules;
    private final UsedProofs used;
    private final Clock clock;

    /**
     * @param resource this MCP server: what {@code htu} must mean, whatever the request's own URL says
     * @param rules algorithms and times
     * @param clock tells the time
     */
    public DpopProofs(ResourceIdentifier resource, ProofRules rules, Clock clock) {
        this.resource = resource;
        this.rules = rules;
        this.used = new UsedProofs(
                rules.longestAge().plus(rules.clockSkew()).plus(rules.clockSkew()), rules.rememberedProofs());
        this.clock = clock;
    }

    /**
     * Whether the proofs of a request are exactly one good one. It is good once.
     *
     * @param proofs every {@code DPoP} header
     * @param httpMethod of the request
     * @param tokenHash of the access token: SHA-256, base64url
     * @param keyThumbprint of the key that the token is bound to
     * @return what is wrong with them, a code for a log; empty when they are good
     */
    public Optional<String> fault(List<String> proofs, String httpMethod, String tokenHash, String keyThumbprint) {
        if (proofs.isEmpty()) {
            return Optional.of("proof_missing");
        }
        if (proofs.size() > 1 || proofs.get(0).length() > MOST_CHARACTERS) {
            return Optional.of("several_proofs");
        }
        try {
            SignedJWT proof = SignedJWT.parse(proofs.get(0).strip());
            Optional<String> fault = faultOfHeader(proof, keyThumbprint);
            return fault.isPresent()
                    ? fault
                    : faultOfClaims(proof.getJWTClaimsSet(), httpMethod, tokenHash, keyThumbprint);
        } catch (ParseException | JOSEException | IllegalArgumentException unreadable) {
            return Optional.of("proof_unreadable");
        }
    }

    private Optional<String> faultOfHeader(SignedJWT proof, String keyThumbprint) throws JOSEException {
        JWSHeader header = proof.getHeader();
        JWK key = header.getJWK();
        if (!TYPE.equals(header.getType())) {
            return Optional.of("proof_type");
        }
        if (!rules.algorithms().contains(header.getAlgorithm().getName())) {
            return Optional.of("proof_algorithm");
        }
        if (!(key instanceof AsymmetricJWK signer) || key.isPrivate()) {
            return Optional.of("proof_key");
        }
        if (!same(key.computeThumbprint().toString(), keyThumbprint)) {
            return Optional.of("proof_of_another_key");
        }
        var verifier = new DefaultJWSVerifierFactory().createJWSVerifier(header, signer.toPublicKey());
        return proof.verify(verifier) ? Optional.empty() : Optional.of("proof_signature");
    }

    private Optional<String> faultOfClaims(
            JWTClaimsSet claims, String httpMethod, String tokenHash, String keyThumbprint) throws ParseException {
        if (!httpMethod.equals(claims.getStringClaim("htm"))) {
            return Optional.of("proof_of_another_method");
        }
        if (!isForThisServer(claims.getStringClaim("htu"))) {
            return Optional.of("proof_for_another_url");
        }
        if (!same(String.valueOf(claims.getStringClaim("ath")), tokenHash)) {
            return Optional.of("proof_for_another_token");
        }
        Instant now = clock.instant();
        if (claims.getIssueTime() == null || !isOfNow(claims.getIssueTime().toInstant(), now)) {
            return Optional.of("proof_of_another_time");
        }
        String id = claims.getJWTID();
        if (id == null || id.isBlank() || id.length() > MOST_ID_CHARACTERS) {
            return Optional.of("proof_without_id");
        }
        return switch (used.take(keyThumbprint, id, now)) {
            case FIRST -> Optional.empty();
            case AGAIN -> Optional.of("proof_used_already");
            case NO_ROOM -> Optional.of("too_many_proofs");
        };
    }

    /** Query and fragment do not count (RFC 9449, section 4.3, number 9). */
    private boolean isForThisServer(String url) {
        return url != null && resource.isReachedBy(url.replaceFirst("[?#].*", ""));
    }

    private boolean isOfNow(Instant issuedAt, Instant now) {
        return !issuedAt.isAfter(now.plus(rules.clockSkew()))
                && !issuedAt.isBefore(now.minus(rules.longestAge()).minus(rules.clockSkew()));
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
