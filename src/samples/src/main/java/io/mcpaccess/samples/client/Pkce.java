package io.mcpaccess.samples.client;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.random.RandomGenerator;

/**
 * Proof key for code exchange, method S256 (RFC 7636).
 *
 * @param verifier the secret half; never printed
 */
public record Pkce(String verifier) {
    /**
     * @param random a source fit for secrets
     * @return a new proof key
     */
    public static Pkce create(RandomGenerator random) {
        return new Pkce(text(random));
    }

    /**
     * @return the half that may be seen
     */
    public String challenge() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException everyJreHasIt) {
            throw new IllegalStateException(everyJreHasIt);
        }
    }

    /**
     * @param random a source fit for secrets
     * @return 32 random bytes as text
     */
    static String text(RandomGenerator random) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "Pkce[verifier=***]";
    }
}
