package io.mcpaccess.guard;

import java.time.Duration;

/**
 * What one caller may take of a server at once. A user and a client that has no user each count as one caller.
 *
 * @param requests how many requests of a caller are under way at most
 * @param streams how many streams (GET) a caller has open at most
 * @param checksByAddress how many tokens that came from one address are being checked at most; the address of a proxy in
 *     front counts as one, and so does a network of IPv6 (64 bits)
 * @param bodyTime how long a request's body may take from its first byte to its last
 */
public record CallerLimits(int requests, int streams, int checksByAddress, Duration bodyTime) {
    /**
     * @throws IllegalArgumentException when a value is not positive
     */
    public CallerLimits {
        if (requests < 1 || streams < 1 || checksByAddress < 1 || bodyTime.isNegative() || bodyTime.isZero()) {
            throw new IllegalArgumentException("Requests, streams, checks and the time for a body are positive.");
        }
    }

    /**
     * @return 64 requests, 16 streams, 64 checks, 10 s
     */
    public static CallerLimits usual() {
        return new CallerLimits(64, 16, 64, Duration.ofSeconds(10));
    }
}
