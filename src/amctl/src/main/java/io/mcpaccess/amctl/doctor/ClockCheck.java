package io.mcpaccess.amctl.doctor;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Whether the clocks of the nodes agree. They tell whole seconds, and are compared through this machine's. */
final class ClockCheck {
    /** More is neither rounding nor a slow answer. */
    private static final Duration TOLERANCE = Duration.ofSeconds(10);

    private ClockCheck() {}

    /** How far a clock is ahead of this machine's. */
    static Optional<Duration> ahead(Optional<Instant> clock, Instant here) {
        return clock.map(time -> Duration.between(here, time));
    }

    /**
     * Compares.
     *
     * @param management how far the management node is ahead, if it tells its time
     * @param gateway the same of the gateway
     */
    static List<Finding> of(Optional<Duration> management, Optional<Duration> gateway) {
        Optional<String> apart = apart("management node", management, "gateway", gateway)
                .or(() -> apart("management node", management, "this machine", Optional.of(Duration.ZERO)))
                .or(() -> apart("gateway", gateway, "this machine", Optional.of(Duration.ZERO)));
        if (apart.isPresent()) {
            return List.of(Finding.warning(
                    apart.get(),
                    "tokens look expired or not yet issued, and a tool's age is judged wrongly",
                    "synchronise the clocks (NTP)"));
        }
        if (management.isPresent() && gateway.isPresent()) {
            return List.of(Finding.ok("the clocks of both nodes agree"));
        }
        return management.isPresent()
                ? List.of(Finding.ok("the management node's clock agrees with this machine's"))
                : List.of();
    }

    private static Optional<String> apart(String a, Optional<Duration> one, String b, Optional<Duration> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return Optional.empty();
        }
        Duration between = one.get().minus(other.get()).abs();
        return between.compareTo(TOLERANCE) > 0
                ? Optional.of("the clocks of " + a + " and " + b + " are " + between.toSeconds() + " s apart")
                : Optional.empty();
    }
}
