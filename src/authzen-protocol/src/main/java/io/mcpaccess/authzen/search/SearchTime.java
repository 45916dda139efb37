package io.mcpaccess.authzen.search;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How long a search may take: what the engine has for finding, which its deadline for decisions does not change, and twice
 * that deadline for deciding about what it found.
 *
 * @param finding the engine's own limit for finding, a little more than that
 * @param least the time that every search has
 * @param longestDeadline the longest deadline that is counted
 */
public record SearchTime(Duration finding, Duration least, Duration longestDeadline) {

    private static final int DECISIONS = 2;

    /** Requires all parts. */
    public SearchTime {
        Objects.requireNonNull(finding, "finding");
        Objects.requireNonNull(least, "least");
        Objects.requireNonNull(longestDeadline, "longestDeadline");
    }

    /**
     * The time for a search with one engine.
     *
     * @param deadline the engine's deadline for decisions, nothing where it does not say
     * @return the time, never less than the least
     */
    public Duration limit(Optional<Duration> deadline) {
        Duration counted = deadline.orElse(Duration.ZERO);
        Duration limit = finding.plus(
                (counted.compareTo(longestDeadline) < 0 ? counted : longestDeadline).multipliedBy(DECISIONS));
        return limit.compareTo(least) < 0 ? least : limit;
    }

    /**
     * The time for a search with the slowest engine.
     *
     * @return the most that {@link #limit} can be
     */
    public Duration longest() {
        return limit(Optional.of(longestDeadline));
    }
}
