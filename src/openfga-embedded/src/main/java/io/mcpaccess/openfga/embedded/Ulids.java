package io.mcpaccess.openfga.embedded;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.random.RandomGenerator;

/** Makes ULIDs, OpenFGA's model ids: 48 bits of milliseconds and 80 random bits in Crockford's base 32. */
public final class Ulids {

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int LENGTH = 26;
    private static final int TIME_LENGTH = 10;
    private static final int BITS = 5;

    private final Clock clock;
    private final RandomGenerator random;

    /**
     * A maker of ULIDs.
     *
     * @param clock what time it is
     * @param random where the random part comes from
     */
    public Ulids(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /**
     * The id of something that has no time of its own, such as a model that stands in a file: the same content gives the
     * same id on every node.
     *
     * @param content the content
     * @return 26 characters; the time in it is zero
     */
    public static String ofContent(String content) {
        byte[] hash;
        try {
            hash = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
        char[] text = "0".repeat(LENGTH).toCharArray();
        for (int i = TIME_LENGTH; i < LENGTH; i++) {
            text[i] = ALPHABET.charAt(hash[i - TIME_LENGTH] & (1 << BITS) - 1);
        }
        return new String(text);
    }

    /**
     * Makes one.
     *
     * @return 26 characters; the time of an id can be read from it
     */
    public String next() {
        char[] text = new char[LENGTH];
        long millis = clock.millis();
        for (int i = TIME_LENGTH - 1; i >= 0; i--) {
            text[i] = ALPHABET.charAt((int) (millis & (1 << BITS) - 1));
            millis >>>= BITS;
        }
        for (int i = TIME_LENGTH; i < LENGTH; i++) {
            text[i] = ALPHABET.charAt(random.nextInt(1 << BITS));
        }
        return new String(text);
    }
}
