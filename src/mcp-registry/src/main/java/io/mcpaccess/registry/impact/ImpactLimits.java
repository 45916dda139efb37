package io.mcpaccess.registry.impact;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How much of an impact is worked out and kept. Counted from when this is made.
 *
 * @param lines how many pairs of subject and tool are listed at the most; all are counted
 * @param explained how many reasons are asked for at the most
 * @param end when the calculation gives up, as the clock counts
 * @param nanoTime a clock that never goes back
 */
public record ImpactLimits(int lines, int explained, long end, LongSupplier nanoTime) {

    /** How many lines there are unless somebody says otherwise. */
    public static final int LINES = 10_000;

    /** How many reasons there are. */
    public static final int EXPLAINED = 200;

    /** How long a calculation may take. */
    public static final Duration LONGEST = Duration.ofSeconds(100);

    /**
     * Limits of a calculation that begins now.
     *
     * @param lines how many lines at the most
     * @param nanoTime a clock that never goes back
     * @return the limits
     */
    public static ImpactLimits of(int lines, LongSupplier nanoTime) {
        return new ImpactLimits(lines, EXPLAINED, nanoTime.getAsLong() + LONGEST.toNanos(), nanoTime);
    }

    boolean isLate() {
        return nanoTime.getAsLong() - end > 0;
    }
}
