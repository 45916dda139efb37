package io.mcpaccess.policy.am;

import java.time.Duration;

/**
 * How much of a step's time is left.
 *
 * @param startNanos when the step began, by {@link System#nanoTime()}
 * @param whole how long it may take
 */
public record StepTime(long startNanos, Duration whole) {

    /** Even where the rest took nearly all of it, what comes last gets a moment. */
    private static final Duration LEAST = Duration.ofMillis(10);

    /**
     * The time of a step that begins now.
     *
     * @param whole how long it may take
     * @return its time
     */
    public static StepTime from(Duration whole) {
        return new StepTime(System.nanoTime(), whole);
    }

    public Duration left() {
        Duration left = whole.minusNanos(System.nanoTime() - startNanos);
        return left.compareTo(LEAST) < 0 ? LEAST : left;
    }

    public long leftNanos() {
        return left().toNanos();
    }
}
