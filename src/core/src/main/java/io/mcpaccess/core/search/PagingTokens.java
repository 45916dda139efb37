package io.mcpaccess.core.search;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tokens that say where a page of a search ended. They are bound to the query and the caller by an HMAC, expire, and hold
 * nothing that the caller has not seen.
 *
 * <p>Immutable; may be used by any number of threads.
 */
public final class PagingTokens {

    /** How long a token is good for. */
    public static final Duration LIFETIME = Duration.ofMinutes(10);

    /** The fewest bytes of a key. */
    public static final int MIN_KEY_BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int MAC_BYTES = 32;

    private final SecretKeySpec key;
    private final Clock clock;

    /**
     * Makes tokens with a key. Gateways that share the key accept each other's tokens.
     *
     * @param key at least {@value #MIN_KEY_BYTES} secret bytes
     * @param clock tells when a token expires
     * @throws IllegalArgumentException if the key is too short
     */
    public PagingTokens(byte[] key, Clock clock) {
        if (key.length < MIN_KEY_BYTES) {
            throw new IllegalArgumentException("The key of paging tokens must have at least " + MIN_KEY_BYTES
                    + " bytes, but has " + key.length + ".");
        }
        this.key = new SecretKeySpec(key, ALGORITHM);
        this.clock = clock;
    }

    /**
     * Where a page ended.
     *
     * @param last the key of the last result given
     * @param limit the most results a page has
     */
    public record Position(String last, int limit) {}

    /**
     * Makes a token.
     *
     * @param fingerprint what query and which caller the token is for
     * @param position where the page ended
     * @return the token, safe in JSON and URLs
     */
    public String issue(byte[] fingerprint, Position position) {
        byte[] last = position.last().getBytes(StandardCharsets.UTF_8);
        byte[] payload = ByteBuffer.allocate(Long.BYTES + Integer.BYTES + last.length)
                .putLong(clock.instant().plus(LIFETIME).getEpochSecond())
                .putInt(position.limit())
                .put(last)
                .array();
        byte[] whole = ByteBuffer.allocate(MAC_BYTES + payload.length)
                .put(mac(fingerprint, payload))
                .put(payload)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
    }

    /**
     * Reads a token.
     *
     * @param fingerprint the query and the caller of the present request
     * @param token what the caller sent
     * @return where to go on, or nothing where the token is forged, expired, or for another query or caller
     */
    public Optional<Position> read(byte[] fingerprint, String token) {
        try {
            ByteBuffer whole = ByteBuffer.wrap(Base64.getUrlDecoder().decode(token));
            byte[] mac = new byte[MAC_BYTES];
            whole.get(mac);
            byte[] payload = new byte[whole.remaining()];
            whole.get(payload);
            if (!MessageDigest.isEqual(mac, mac(fingerprint, payload))) {
                return Optional.empty();
            }
            ByteBuffer fields = ByteBuffer.wrap(payload);
            Instant expiry = Instant.ofEpochSecond(fields.getLong());
            int limit = fields.getInt();
            String last = StandardCharsets.UTF_8.decode(fields).toString();
            return clock.instant().isBefore(expiry) ? Optional.of(new Position(last, limit)) : Optional.empty();
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    private byte[] mac(byte[] fingerprint, byte[] payload) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(fingerprint);
            return mac.doFinal(payload);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM lacks " + ALGORITHM + ", which every JVM must have.", e);
        }
    }
}
