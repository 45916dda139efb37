package io.mcpaccess.benchmarks.load;

import java.util.Locale;

/**
 * A goal, and what was measured.
 *
 * @param name what was measured
 * @param value what was found
 * @param unit of the value and the limit
 * @param isAtMost whether the value must not be larger than the limit; else not smaller
 * @param limit the goal
 */
record Goal(String name, double value, String unit, boolean isAtMost, double limit) {

    static Goal atMost(double limit, String unit, String name, double value) {
        return new Goal(name, value, unit, true, limit);
    }

    static Goal atLeast(double limit, String unit, String name, double value) {
        return new Goal(name, value, unit, false, limit);
    }

    /** What is no number was not measured, and is not met. */
    boolean isMet() {
        return isAtMost ? value <= limit : value >= limit;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%-62s %10.2f %-5s %s %8.2f  %s",
                name,
                value,
                unit,
                isAtMost ? "<=" : ">=",
                limit,
                isMet() ? "met" : "MISSED");
    }
}
