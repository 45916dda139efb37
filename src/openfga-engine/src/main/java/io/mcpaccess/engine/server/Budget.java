package io.mcpaccess.engine.server;

import java.time.Duration;
import java.util.function.LongSupplier;

/** What is left of a deadline. */
final class Budget {

    private final LongSupplier nanoTime;
    private final long startedAt;
    private final Duration limit;

    Budget(Duration limit, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.startedAt = nanoTime.getAsLong();
        this.limit = limit;
    }

    Duration limit() {
        return limit;
    }

    /** Never negative. */
    Duration left() {
        Duration left = limit.minusNanos(nanoTime.getAsLong() - startedAt);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Whether so little is left that an answer may have been cut short by a deadline of the server's own. */
    boolean isNearlySpent() {
        return left().compareTo(limit.dividedBy(10)) < 0;
    }
}
