package io.mcpaccess.guard.proxy.observe;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * The numbers of the proxy. No label has a value that a client chose: names of users and tools would be told to whoever reads
 * metrics, and without a bound.
 */
final class Meters {
    private static final Set<String> METHODS = Set.of(
            "initialize",
            "server/discover",
            "ping",
            "tools/list",
            "tools/call",
            "resources/list",
            "resources/read",
            "prompts/list",
            "prompts/get",
            "completion/complete",
            "notifications/initialized",
            "notifications/cancelled",
            "subscriptions/listen");
    private static final String SERVER = "server";
    private static final Duration[] BUCKETS = IntStream.of(1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final Map<String, AtomicInteger> streams = new ConcurrentHashMap<>();

    Meters(MeterRegistry registry) {
        this.registry = registry;
    }

    void decided(String server, String method, String outcome, Duration time) {
        Timer.builder("guard.decision")
                .description("from the head of a request to the decision about it")
                .tag(SERVER, server)
                .tag("method", METHODS.contains(method) ? method : "other")
                .tag("outcome", outcome)
                .serviceLevelObjectives(BUCKETS)
                .register(registry)
                .record(time);
    }

    void answered(String server, int status, Duration time) {
        Timer.builder("guard.request")
                .description("from the head of a request to the end of its answer")
                .tag(SERVER, server)
                .tag("status", status == 0 ? "gone" : status / 100 + "xx")
                .register(registry)
                .record(time);
    }

    AtomicInteger streams(String server) {
        return streams.computeIfAbsent(server, name -> {
            AtomicInteger open = new AtomicInteger();
            registry.gauge(
                    "guard.streams", java.util.List.of(io.micrometer.core.instrument.Tag.of(SERVER, name)), open);
            return open;
        });
    }
}
