package io.mcpaccess.registry.remote;

import io.mcpaccess.registry.plan.RegistryException;
import java.time.Duration;
import java.util.function.LongSupplier;

/** What one import may use in all, over every request of it. Not for many threads. */
final class ImportBudget {

    /** The most bytes of all answers together. */
    static final int MAX_BYTES = 1024 * 1024;

    /** The most time from the first name lookup to the last byte. */
    static final Duration MAX_TIME = Duration.ofSeconds(5);

    private final LongSupplier nanoTime;
    private long deadline;
    private int bytesLeft = MAX_BYTES;

    ImportBudget(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        start();
    }

    /** Starts the time again: what the machine does before the first lookup is not the server's. */
    void start() {
        deadline = nanoTime.getAsLong() + MAX_TIME.toNanos();
    }

    /** The time that is left, at least a millisecond: zero would mean no limit to the HTTP client. */
    Duration timeLeft() {
        long left = deadline - nanoTime.getAsLong();
        if (left <= 0) {
            throw Unreachable.exception(null);
        }
        return Duration.ofNanos(Math.max(left, 1_000_000));
    }

    void takeBytes(int count) {
        bytesLeft -= count;
        if (bytesLeft < 0) {
            throw new RegistryException(
                    502, "The MCP server's list of tools is longer than " + MAX_BYTES + " bytes. Nothing was changed.");
        }
    }
}
