package io.mcpaccess.openfga.server;

import java.time.Duration;
import java.util.function.LongSupplier;

/** What is left of a deadline. */
final class Budget {

    private final LongSupplier nanoTime;
    private final long startedAt;
    private final Duration limit;
    private final boolean isForDecision;

    private Budget(Duration limit, boolean isForDecision, LongSupplier nanoTime) {
        this.isForDecision = isForDecision;
        this.nanoTime = nanoTime;
        this.startedAt = nanoTime.getAsLong();
        this.limit = limit;
    }

    /** For a decision: one attempt has the read timeout at the most. */
    static Budget decision(Duration limit, LongSupplier nanoTime) {
        return new Budget(limit, true, nanoTime);
    }

    /** For a search or an administrator's call: one attempt may take all that is left. */
    static Budget search(Duration limit, LongSupplier nanoTime) {
        return new Budget(limit, false, nanoTime);
    }

    boolean isForDecision() {
        return isForDecision;
    }

    /** The moment, in nanoseconds of the clock that this is measured by. */
    long now() {
        return nanoTime.getAsLong();
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
