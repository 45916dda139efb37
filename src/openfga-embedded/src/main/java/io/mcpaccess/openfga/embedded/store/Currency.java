package io.mcpaccess.openfga.embedded.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a store was last known to be as its files say. Who cannot see the files does not hear that a permission was taken
 * away, and must not go on allowing for ever. Thread-safe.
 */
final class Currency {

    /** The bound unless the operator sets another. */
    static final Duration BOUND = Duration.ofSeconds(10);

    private final Clock clock;
    private final Duration maxAge;
    private final Optional<String> refusal;
    private volatile long confirmed;
    private volatile long confirmedMillis = -1;

    Currency(Clock clock, Duration maxAge) {
        this.clock = clock;
        this.maxAge = maxAge;
        this.refusal = Optional.of("The store's files could not be read for more than " + maxAge.toSeconds()
                + " seconds, so nobody knows whether what is held of them still counts");
    }

    /** The files were seen as they are. */
    void confirm() {
        confirmed = System.nanoTime();
        confirmedMillis = clock.millis();
    }

    Optional<String> refusal() {
        return System.nanoTime() - confirmed > maxAge.toNanos() ? refusal : Optional.empty();
    }

    /** Empty before the first time. */
    Optional<Instant> confirmedAt() {
        long millis = confirmedMillis;
        return millis < 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}
