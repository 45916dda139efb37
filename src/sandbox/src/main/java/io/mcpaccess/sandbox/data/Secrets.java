package io.mcpaccess.sandbox.data;

import org.springframework.security.crypto.bcrypt.BCrypt;

/** Hashes secrets as AM does with its BCrypt setting; cheap rounds, because a sandbox guards nothing. Slow all the same: not for an event loop. */
public final class Secrets {
    /** The name of the algorithm in AM's secret settings. */
    public static final String ALGORITHM = "BCrypt";

    private static final int ROUNDS = 4;

    private Secrets() {}

    /**
     * Hashes a secret.
     *
     * @param secret the secret; only its first 72 bytes count
     * @return its hash
     */
    public static String hash(String secret) {
        return BCrypt.hashpw(secret, BCrypt.gensalt(ROUNDS));
    }

    /**
     * Compares a secret with a hash.
     *
     * @param secret what was presented, null never matches
     * @param hash the stored hash
     * @return whether they match
     */
    public static boolean matches(String secret, String hash) {
        return secret != null && hash != null && BCrypt.checkpw(secret, hash);
    }
}
