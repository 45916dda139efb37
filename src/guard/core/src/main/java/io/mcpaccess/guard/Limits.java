package io.mcpaccess.guard;

import java.time.Duration;
import java.util.Objects;

/**
 * Bounds of what the guard waits for and keeps.
 *
 * @param connectTimeout for a connection to AM
 * @param callDeadline for a whole call to AM; a request needs two calls at most, and two more where an issuer's keys are
 *     fetched
 * @param tokenCache how long an accepted token is not introspected again; at most 10 s, zero for always
 * @param cachedTokens how many accepted tokens are remembered at most
 * @param bodyBytes how long a request's body may be
 * @param callers what one caller may take at once
 */
public record Limits(
        Duration connectTimeout,
        Duration callDeadline,
        Duration tokenCache,
        int cachedTokens,
        int bodyBytes,
        CallerLimits callers) {
    private static final Duration LONGEST_CACHE = Duration.ofSeconds(10);

    /**
     * @throws IllegalArgumentException when a value is not positive, or the cache is longer than 10 s
     */
    public Limits {
        Objects.requireNonNull(callers, "callers");
        if (!positive(connectTimeout) || !positive(callDeadline) || cachedTokens < 1 || bodyBytes < 1) {
            throw new IllegalArgumentException(
                    "Timeouts, the number of cached tokens and the body's length are positive.");
        }
        if (tokenCache.isNegative() || tokenCache.compareTo(LONGEST_CACHE) > 0) {
            throw new IllegalArgumentException(
                    "A token is remembered for 0 to 10 seconds: longer would outlive AM's own window for revocation.");
        }
    }

    /**
     * @return 1 s to connect, 2 s a call, tokens remembered for 10 s, 1000 of them, bodies of 1 MiB
     */
    public static Limits usual() {
        return new Limits(
                Duration.ofSeconds(1), Duration.ofSeconds(2), LONGEST_CACHE, 1000, 1 << 20, CallerLimits.usual());
    }

    /**
     * @param connect for a connection to AM
     * @param call for a whole call to AM
     * @return the same with these timeouts
     */
    public Limits withTimeouts(Duration connect, Duration call) {
        return new Limits(connect, call, tokenCache, cachedTokens, bodyBytes, callers);
    }

    /**
     * @param time how long an accepted token is remembered
     * @return the same with this time
     */
    public Limits withTokenCache(Duration time) {
        return new Limits(connectTimeout, callDeadline, time, cachedTokens, bodyBytes, callers);
    }

    /**
     * @param bytes how long a request's body may be
     * @return the same with this length
     */
    public Limits withBodyBytes(int bytes) {
        return new Limits(connectTimeout, callDeadline, tokenCache, cachedTokens, bytes, callers);
    }

    /**
     * @param each what one caller may take at once
     * @return the same with these
     */
    public Limits withCallers(CallerLimits each) {
        return new Limits(connectTimeout, callDeadline, tokenCache, cachedTokens, bodyBytes, each);
    }

    private static boolean positive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }
}
