package io.mcpaccess.guard.oauth;

import java.time.Duration;
import java.util.Set;

/**
 * How the guard takes proofs that a token is the caller's own (RFC 9449). A token that is bound to a key needs one
 * whatever is said here.
 *
 * @param required whether tokens that are bound to nothing are refused
 * @param algorithms of the proofs' signatures (RFC 7518, section 3.1), asymmetric ones only
 * @param longestAge how old a proof may be; at most 5 minutes. Each is good once in that time, on each replica of the
 *     server
 * @param clockSkew how far the clocks of client and server may differ; at most two minutes
 * @param rememberedProofs how many proofs are remembered at most, some 200 bytes each; one key gets a tenth of them, and
 *     where there is no more room no further one is taken
 */
public record ProofRules(
        boolean required, Set<String> algorithms, Duration longestAge, Duration clockSkew, int rememberedProofs) {
    private static final Set<String> ASYMMETRIC = TokenValidation.jwt().algorithms();
    private static final Duration MOST_AGE = Duration.ofMinutes(5);
    private static final Duration MOST_SKEW = Duration.ofMinutes(2);
    private static final int LEAST_REMEMBERED = 10;

    /**
     * @throws IllegalArgumentException when a value is out of its bounds; the message says which
     */
    public ProofRules {
        algorithms = Set.copyOf(algorithms);
        if (algorithms.isEmpty() || !ASYMMETRIC.containsAll(algorithms)) {
            throw new IllegalArgumentException("The algorithms of DPoP proofs are " + algorithms
                    + ". Name at least one, and only asymmetric ones: " + ASYMMETRIC + ".");
        }
        if (longestAge.compareTo(Duration.ofSeconds(1)) < 0 || longestAge.compareTo(MOST_AGE) > 0) {
            throw new IllegalArgumentException("A proof is good for 1 second to 5 minutes, not " + longestAge + ".");
        }
        if (clockSkew.isNegative() || clockSkew.compareTo(MOST_SKEW) > 0) {
            throw new IllegalArgumentException("The clock skew is 0 to 120 seconds, not " + clockSkew + ".");
        }
        if (rememberedProofs < LEAST_REMEMBERED) {
            throw new IllegalArgumentException("At least 10 proofs are remembered, not " + rememberedProofs + ".");
        }
    }

    /**
     * @return not required, every asymmetric algorithm of RFC 7518, one minute, 30 s of skew, 50000 remembered
     */
    public static ProofRules usual() {
        return new ProofRules(false, ASYMMETRIC, Duration.ofMinutes(1), Duration.ofSeconds(30), 50_000);
    }

    /**
     * @return the same, refusing tokens that are bound to nothing
     */
    public ProofRules asRequired() {
        return new ProofRules(true, algorithms, longestAge, clockSkew, rememberedProofs);
    }

    /**
     * @param names of the proofs' signature algorithms
     * @return the same with these
     */
    public ProofRules withAlgorithms(Set<String> names) {
        return new ProofRules(required, names, longestAge, clockSkew, rememberedProofs);
    }

    /**
     * @param age how old a proof may be
     * @param skew how far clocks may differ
     * @return the same with these
     */
    public ProofRules withTimes(Duration age, Duration skew) {
        return new ProofRules(required, algorithms, age, skew, rememberedProofs);
    }
}
