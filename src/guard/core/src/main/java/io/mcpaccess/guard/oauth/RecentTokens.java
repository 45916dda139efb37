package io.mcpaccess.guard.oauth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tokens that AM accepted a moment ago. Keeps a digest of each, never the token; only accepted ones; each until it
 * expires or the time to live has passed since AM was asked, whichever is first; the least recently used leaves when it
 * is full. Threads may share it.
 */
final class RecentTokens {
    private record Entry(ActiveToken token, Instant until) {}

    private final Duration timeToLive;
    private final Map<String, Entry> entries;

    /**
     * @param timeToLive zero switches the cache off
     * @param capacity how many tokens at most
     */
    RecentTokens(Duration timeToLive, int capacity) {
        this.timeToLive = timeToLive;
        this.entries = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Entry> eldest) {
                return size() > capacity;
            }
        };
    }

    Optional<ActiveToken> find(String token, Instant now) {
        String key = digest(token);
        synchronized (entries) {
            Entry entry = entries.get(key);
            if (entry == null) {
                return Optional.empty();
            }
            if (!now.isBefore(entry.until())) {
                entries.remove(key);
                return Optional.empty();
            }
            return Optional.of(entry.token());
        }
    }

    /** Remembers an accepted token from the moment AM was asked; a token whose expiry is not known is not kept. */
    void remember(String token, ActiveToken accepted, Instant askedAt) {
        if (accepted.expiresAt().isEmpty() || timeToLive.isZero()) {
            return;
        }
        Instant ttlEnd = askedAt.plus(timeToLive);
        Instant expiry = accepted.expiresAt().get();
        Entry entry = new Entry(accepted, expiry.isBefore(ttlEnd) ? expiry : ttlEnd);
        String key = digest(token);
        synchronized (entries) {
            entries.put(key, entry);
        }
    }

    void forget(String token) {
        String key = digest(token);
        synchronized (entries) {
            entries.remove(key);
        }
    }

    int size() {
        synchronized (entries) {
            return entries.size();
        }
    }

    private static String digest(String token) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException everyJreHasIt) {
            throw new IllegalStateException(everyJreHasIt);
        }
    }
}
