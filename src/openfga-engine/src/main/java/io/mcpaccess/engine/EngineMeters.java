package io.mcpaccess.engine;

import io.mcpaccess.openfga.CheckResult;
import io.mcpaccess.openfga.StoreHealth;
import io.mcpaccess.openfga.server.ServerObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the engine shows on the node's metrics endpoint. Labels are outcomes, reasons and stores, never users or tools.
 * Counters belong to the node and outlive an engine; the gauge of the breaker goes with it.
 */
final class EngineMeters implements ServerObserver, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EngineMeters.class);

    private static final String BREAKER = "mcp.access.openfga.breaker";
    private static final String AGE = "mcp.access.openfga.store.age";
    private static final Map<String, Integer> BREAKER_STATES = Map.of("closed", 0, "half_open", 1, "open", 2);

    private final MeterRegistry registry;
    private final String store;
    /** Made once: describing a meter costs more than counting. */
    private final Map<Kind, Counter.Builder> answers = new ConcurrentHashMap<>();

    private final Map<String, Timer> timers = new ConcurrentHashMap<>();
    private final AtomicInteger breaker = new AtomicInteger();
    /** A breaker opens anew after each attempt that fails; an outage is told once. */
    private final AtomicBoolean isFailing = new AtomicBoolean();

    private volatile Gauge gauge;
    private Gauge age;

    EngineMeters(MeterRegistry registry, String store) {
        this.registry = registry;
        this.store = store;
    }

    /**
     * From the first question on the gauge is this engine's: one that AM makes only to validate a configuration is asked
     * nothing, and must not take the gauge of the one at work.
     */
    private void showBreaker() {
        if (gauge == null) {
            registerBreaker();
        }
    }

    private synchronized void registerBreaker() {
        if (gauge != null) {
            return;
        }
        Gauge old = registry.find(BREAKER).tag("store", store).gauge();
        if (old != null) {
            registry.remove(old);
        }
        this.gauge = Gauge.builder(BREAKER, breaker, AtomicInteger::get)
                .description("Circuit breaker towards OpenFGA: 0 closed, 1 half open, 2 open")
                .tag("store", store)
                .register(registry);
    }

    /**
     * Shows how old what an embedded store holds may be. A provider that AM made only to validate a configuration is gone
     * in a moment, and its gauge with it.
     */
    synchronized void showAge(StoreHealth health, InstantSource clock) {
        if (health.isFollowing() && registry.find(AGE).tag("store", store).gauge() == null) {
            age = Gauge.builder(AGE, health, followed -> ageOf(followed, clock))
                    .description("Seconds since an embedded store was last seen as its files are")
                    .tag("store", store)
                    .baseUnit("seconds")
                    .register(registry);
        }
    }

    private static double ageOf(StoreHealth health, InstantSource clock) {
        return health.followedAt()
                .map(at -> Duration.between(at, clock.instant()).toMillis() / 1000.0)
                .orElse(Double.NaN);
    }

    /**
     * Starts the clock of a question or a batch.
     *
     * @return stops it
     */
    Timer.Sample start() {
        showBreaker();
        return Timer.start(registry);
    }

    /**
     * Counts an answer and stops its clock.
     *
     * @param sample the clock
     * @param result the answer
     */
    void answered(Timer.Sample sample, CheckResult result) {
        count(result);
        sample.stop(timers.computeIfAbsent("check", this::timer));
    }

    /**
     * Counts the answers of a batch and stops its clock.
     *
     * @param sample the clock
     * @param results the answers
     */
    void answered(Timer.Sample sample, Iterable<CheckResult> results) {
        results.forEach(this::count);
        sample.stop(timers.computeIfAbsent("batch", this::timer));
    }

    private void count(CheckResult result) {
        answers.computeIfAbsent(
                        new Kind(outcome(result), result.reasonCode(), result.isRemembered()), EngineMeters::counter)
                .register(registry)
                .increment();
    }

    private static Counter.Builder counter(Kind kind) {
        return Counter.builder("mcp.access.openfga.answers")
                .description("Answers of the OpenFGA engine")
                .tag("outcome", kind.outcome())
                .tag("reason", kind.reason())
                .tag("remembered", Boolean.toString(kind.isRemembered()));
    }

    /** What is counted apart. */
    private record Kind(String outcome, String reason, boolean isRemembered) {}

    private static String outcome(CheckResult result) {
        if (result instanceof CheckResult.Unavailable) {
            return "unavailable";
        }
        return result.isAllowed() ? "allowed" : "denied";
    }

    private Timer timer(String call) {
        return Timer.builder("mcp.access.openfga.answer")
                .description("Time from a question, or a batch of them, to its answer")
                .tag("call", call)
                .serviceLevelObjectives(
                        Duration.ofMillis(1),
                        Duration.ofMillis(2),
                        Duration.ofMillis(5),
                        Duration.ofMillis(10),
                        Duration.ofMillis(25),
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(250),
                        Duration.ofMillis(500))
                .register(registry);
    }

    @Override
    public void retried() {
        Counter.builder("mcp.access.openfga.retries")
                .description("Requests to OpenFGA that were sent a second time")
                .register(registry)
                .increment();
    }

    @Override
    public void breakerChanged(String state) {
        breaker.set(BREAKER_STATES.getOrDefault(state, 0));
        if ("open".equals(state)) {
            if (isFailing.compareAndSet(false, true)) {
                LOG.warn(
                        "OpenFGA fails: everything is denied for store {}, which is tried again every few seconds. The log says when it answers.",
                        store);
            }
        } else if ("closed".equals(state) && isFailing.compareAndSet(true, false)) {
            LOG.info("OpenFGA answers again: store {}", store);
        }
    }

    @Override
    public void cacheAsked(boolean hit) {
        Counter.builder("mcp.access.openfga.cache")
                .description("Questions put to the decision cache")
                .tag("result", hit ? "hit" : "miss")
                .register(registry)
                .increment();
    }

    @Override
    public synchronized void close() {
        if (gauge != null && registry.find(BREAKER).tag("store", store).gauge() == gauge) {
            registry.remove(gauge);
        }
        if (age != null) {
            registry.remove(age);
        }
    }
}
