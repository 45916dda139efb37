package io.mcpaccess.guard.oauth;

import java.time.Duration;
import java.util.Set;

/** How the guard finds out whether an access token is good. The audience is checked either way. */
public sealed interface TokenValidation {
    /** AM is asked (RFC 7662): a revoked token is known as such within ten seconds. */
    record Introspection() implements TokenValidation {}

    /**
     * The token is a JWT and its signature is checked with the issuer's keys (RFC 9068, section 4): no call to AM, but
     * nothing is learned of a revocation before the token expires. A tool call is still asked about at AM with the
     * token in the question, and refused there when it was revoked.
     *
     * @param algorithms the signature algorithms that count (RFC 7518, section 3.1), asymmetric ones only
     * @param clockSkew how far the clocks of issuer and server may differ; at most two minutes
     * @param keyLifetime how long fetched keys are used; at most a day
     */
    record Jwt(Set<String> algorithms, Duration clockSkew, Duration keyLifetime) implements TokenValidation {
        private static final Set<String> ASYMMETRIC =
                Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");
        private static final Duration MOST_SKEW = Duration.ofMinutes(2);
        private static final Duration LONGEST_LIFETIME = Duration.ofDays(1);

        /**
         * @throws IllegalArgumentException when an algorithm is none of the asymmetric ones ({@code none} and HMAC never
         *     are), or a time is out of its bounds
         */
        public Jwt {
            algorithms = Set.copyOf(algorithms);
            if (algorithms.isEmpty() || !ASYMMETRIC.containsAll(algorithms)) {
                throw new IllegalArgumentException("The algorithms of access tokens are " + algorithms
                        + ". Name at least one, and only asymmetric ones: " + ASYMMETRIC + ".");
            }
            if (clockSkew.isNegative() || clockSkew.compareTo(MOST_SKEW) > 0) {
                throw new IllegalArgumentException("The clock skew is 0 to 120 seconds, not " + clockSkew + ".");
            }
            if (keyLifetime.compareTo(Duration.ofSeconds(1)) < 0 || keyLifetime.compareTo(LONGEST_LIFETIME) > 0) {
                throw new IllegalArgumentException("Keys are used for 1 second to 1 day, not " + keyLifetime + ".");
            }
        }

        /**
         * @param names the signature algorithms that count
         * @return the same with these
         */
        public Jwt withAlgorithms(Set<String> names) {
            return new Jwt(names, clockSkew, keyLifetime);
        }

        /**
         * @param skew how far the clocks may differ
         * @return the same with this
         */
        public Jwt withClockSkew(Duration skew) {
            return new Jwt(algorithms, skew, keyLifetime);
        }

        /**
         * @param lifetime how long fetched keys are used
         * @return the same with this
         */
        public Jwt withKeyLifetime(Duration lifetime) {
            return new Jwt(algorithms, clockSkew, lifetime);
        }
    }

    /**
     * @return the usual way
     */
    static TokenValidation introspection() {
        return new Introspection();
    }

    /**
     * @return by signature: every asymmetric algorithm of RFC 7518, a skew of 30 s, keys used for 15 minutes
     */
    static Jwt jwt() {
        return new Jwt(Jwt.ASYMMETRIC, Duration.ofSeconds(30), Duration.ofMinutes(15));
    }
}
