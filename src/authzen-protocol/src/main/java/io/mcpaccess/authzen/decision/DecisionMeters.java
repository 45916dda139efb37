package io.mcpaccess.authzen.decision;

import io.mcpaccess.core.decision.DecisionRecord;
import io.mcpaccess.core.decision.Outcome;
import io.mcpaccess.core.decision.ReasonCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts decisions on the node's metrics endpoint. Named there {@code mcp_access_decisions_total} (outcome, reason),
 * {@code mcp_access_engine_questions_total} and {@code mcp_access_decision_seconds} (outcome).
 */
public final class DecisionMeters {

    private static final String DOMAIN = "domain";
    private static final String QUESTIONS = "mcp.access.engine.questions";
    private static final String DECISIONS = "mcp.access.decisions";
    private static final String TIMES = "mcp.access.decision";
    private static final String LOST = "mcp.access.audits.lost";

    private final MeterRegistry registry;
    private final String domain;

    /** What is found anew each time is described once. */
    private final Counter.Builder questions;

    private final Map<Kind, Counter.Builder> counters = new ConcurrentHashMap<>();
    private final Map<Class<? extends Outcome>, Timer.Builder> timers = new ConcurrentHashMap<>();

    /**
     * Wires the meters of one domain.
     *
     * @param registry the node's registry, or a simple one where metrics are off
     * @param domain the domain's name in URLs, a tag of every meter
     */
    public DecisionMeters(MeterRegistry registry, String domain) {
        this.registry = Objects.requireNonNull(registry, "registry");
        this.domain = Objects.requireNonNull(domain, "domain");
        this.questions = Counter.builder(QUESTIONS)
                .description("Questions put to the authorization engine")
                .tag(DOMAIN, domain);
        questions();
        auditsLost();
    }

    /** Found anew each time: another deployment of the same domain may have removed the meters in between. */
    private Counter questions() {
        return questions.register(registry);
    }

    private Counter auditsLost() {
        return Counter.builder(LOST)
                .description("Decisions whose audit entry AM did not take")
                .tag(DOMAIN, domain)
                .register(registry);
    }

    /** Counts a decision whose audit entry could not be written. */
    public void auditLost() {
        auditsLost().increment();
    }

    /**
     * Counts questions that are put to the engine.
     *
     * @param count how many
     */
    public void questionsAsked(int count) {
        questions().increment(count);
    }

    /**
     * Counts one decision.
     *
     * @param decision the decision
     */
    public void decided(DecisionRecord decision) {
        Class<? extends Outcome> outcome = decision.outcome().getClass();
        counters.computeIfAbsent(new Kind(outcome, reason(decision.outcome())), this::counter)
                .register(registry)
                .increment();
        timers.computeIfAbsent(outcome, this::timer).register(registry).record(decision.elapsed());
    }

    private Counter.Builder counter(Kind kind) {
        return Counter.builder(DECISIONS)
                .description("Decisions about access questions")
                .tag(DOMAIN, domain)
                .tag("outcome", name(kind.outcome()))
                .tag("reason", kind.reason().wireName());
    }

    private Timer.Builder timer(Class<? extends Outcome> outcome) {
        return Timer.builder(TIMES)
                .description("Time from the question to the decision")
                .tag(DOMAIN, domain)
                .tag("outcome", name(outcome));
    }

    /** What is counted apart. */
    private record Kind(Class<? extends Outcome> outcome, ReasonCode reason) {}

    /** Takes the domain's meters off the metrics endpoint; what is counted later begins at 0. */
    public void remove() {
        for (String name : List.of(QUESTIONS, DECISIONS, TIMES, LOST)) {
            registry.find(name).tag(DOMAIN, domain).meters().forEach(registry::remove);
        }
    }

    /** Of what shadow mode let through, the reason that it would have been refused for. */
    private static ReasonCode reason(Outcome outcome) {
        return outcome instanceof Outcome.Shadowed shadowed ? shadowed.refusal() : outcome.reason();
    }

    private static String name(Class<? extends Outcome> outcome) {
        return outcome.getSimpleName().toLowerCase(Locale.ROOT);
    }
}
