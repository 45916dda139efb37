package io.mcpaccess.authzen.pep;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gravitee.am.model.application.ClientSecret;
import io.gravitee.am.model.oidc.Client;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Date;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Remembers for a short while that a secret was right, so that its slow hash is not paid for every question. What is kept
 * is a keyed digest over the client, everything that is stored about its secrets and the secret that was shown: a secret
 * that is changed or removed is another key, and stops at once. A wrong secret is never remembered.
 *
 * <p>May be used by any number of threads; never blocks.
 */
final class VerifiedSecrets {

    /** How long a secret is taken for right without asking again. */
    static final Duration LIFETIME = Duration.ofSeconds(60);

    /** How long it is remembered that a secret was right, which says whose hash to compute first and nothing more. */
    private static final Duration FAMILIAR = Duration.ofHours(1);

    private static final int MAX_ENTRIES = 10_000;
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;
    private final Mac keyed;
    private final Clock clock;
    private final Cache<ByteBuffer, Instant> goodUntil = Caffeine.newBuilder()
            .maximumSize(MAX_ENTRIES)
            .expireAfterWrite(LIFETIME)
            .build();
    private final Cache<ByteBuffer, Boolean> rightBefore = Caffeine.newBuilder()
            .maximumSize(MAX_ENTRIES)
            .expireAfterWrite(FAMILIAR)
            .build();

    /**
     * Remembers nothing yet.
     *
     * @param random gives a key that never leaves this object
     * @param clock tells when secrets expire
     */
    VerifiedSecrets(SecureRandom random, Clock clock) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        this.key = new SecretKeySpec(bytes, ALGORITHM);
        this.keyed = keyed(key);
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * Whether a secret was found right a short while ago and nothing has changed since.
     *
     * @param client the client as AM has it now, with several secrets
     * @param presented the secret that was shown
     * @return whether it is known to be right
     */
    boolean knows(Client client, String presented) {
        Instant until = goodUntil.getIfPresent(digest(client, presented));
        return until != null && clock.instant().isBefore(until);
    }

    /**
     * Whether a secret was found right within the hour and nothing has changed since. It must be compared again.
     *
     * @param client the client as AM has it now
     * @param presented the secret that was shown
     * @return whether its hash may go before those of strangers
     */
    boolean isFamiliar(Client client, String presented) {
        return rightBefore.getIfPresent(digest(client, presented)) != null;
    }

    /**
     * Remembers a secret that was found right.
     *
     * @param client the client as AM had it when its secret was compared
     * @param presented the secret that was shown
     */
    void remember(Client client, String presented) {
        ByteBuffer digest = digest(client, presented);
        goodUntil.put(digest, until(client));
        rightBefore.put(digest, Boolean.TRUE);
    }

    /** Which of the secrets was right is not known, so the one that expires next counts. */
    private Instant until(Client client) {
        Instant now = clock.instant();
        return client.getClientSecrets().stream()
                .map(ClientSecret::getExpiresAt)
                .filter(Objects::nonNull)
                .map(Date::toInstant)
                .filter(now::isBefore)
                .min(Comparator.naturalOrder())
                .filter(now.plus(LIFETIME)::isAfter)
                .orElse(now.plus(LIFETIME));
    }

    private ByteBuffer digest(Client client, String presented) {
        Mac mac = mac();
        update(mac, client.getDomain());
        update(mac, client.getClientId());
        update(mac, presented);
        for (ClientSecret secret : client.getClientSecrets()) {
            update(mac, secret.getId());
            update(mac, secret.getSecret());
            update(mac, secret.getSettingsId());
            update(
                    mac,
                    secret.getExpiresAt() == null
                            ? null
                            : String.valueOf(secret.getExpiresAt().getTime()));
        }
        return ByteBuffer.wrap(mac.doFinal());
    }

    /** A copy of one that has its key already: finding the algorithm costs more than the digest. */
    private Mac mac() {
        try {
            return (Mac) keyed.clone();
        } catch (CloneNotSupportedException e) {
            return keyed(key);
        }
    }

    private static Mac keyed(SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM lacks " + ALGORITHM + ", which every JVM must have.", e);
        }
    }

    /** Lengths go in front, so that no two lists of parts are written alike. */
    private static void update(Mac mac, String part) {
        byte[] bytes = part == null ? new byte[0] : part.getBytes(StandardCharsets.UTF_8);
        int length = part == null ? -1 : bytes.length;
        mac.update((byte) (length >>> 24));
        mac.update((byte) (length >>> 16));
        mac.update((byte) (length >>> 8));
        mac.update((byte) length);
        mac.update(bytes);
    }
}
