package io.mcpaccess.authzen.decision;

import io.gravitee.am.gateway.handler.common.authorizationengine.AuthorizationEngineManager;
import io.mcpaccess.core.authzen.EvaluationRequest;
import io.mcpaccess.core.decision.AccessSettings;
import io.mcpaccess.core.decision.AuditRule;
import io.mcpaccess.core.decision.DecisionUnavailableException;
import io.mcpaccess.core.decision.Outcome;
import io.mcpaccess.core.decision.PermissionAnswer;
import io.mcpaccess.core.decision.PermissionEngine;
import io.mcpaccess.core.decision.ReasonCode;
import io.mcpaccess.core.spi.EngineOperations;
import io.mcpaccess.core.spi.EngineTerms;
import io.mcpaccess.support.DomainEngine;
import io.reactivex.rxjava3.core.Maybe;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The domain's authorization engine, whichever plugin it comes from. Ours takes all questions in one call; any other is
 * asked one by one through AM's {@code check}.
 */
public final class AmPermissionEngine implements PermissionEngine {

    private static final Logger LOG = LoggerFactory.getLogger(AmPermissionEngine.class);
    /** The longest that any engine is waited for: the longest deadline that ours can be set to, and a little more. */
    public static final Duration LONGEST = Duration.ofMillis(10_200);

    private final Maybe<DomainEngine> found;
    private final DecisionMeters meters;
    private final Duration timeout;

    /**
     * Wires the engine of one domain.
     *
     * @param engines the domain's engines; looked up anew for every question, since they come and go
     * @param meters counts what the engine is asked
     * @param timeout the time after which there is no answer, for an engine that does not say its deadline
     */
    public AmPermissionEngine(AuthorizationEngineManager engines, DecisionMeters meters, Duration timeout) {
        this(DomainEngine.find(engines), meters, timeout);
    }

    /**
     * Wires the engine of one domain, which is told whose it is.
     *
     * @param domainId the domain
     * @param engines the domain's engines; looked up anew for every question, since they come and go
     * @param meters counts what the engine is asked
     * @param timeout the time after which there is no answer, for an engine that does not say its deadline
     */
    public AmPermissionEngine(
            String domainId, AuthorizationEngineManager engines, DecisionMeters meters, Duration timeout) {
        this(DomainEngine.find(engines, domainId), meters, timeout);
    }

    private AmPermissionEngine(Maybe<DomainEngine> found, DecisionMeters meters, Duration timeout) {
        this.found = Objects.requireNonNull(found, "found");
        this.meters = Objects.requireNonNull(meters, "meters");
        this.timeout = Objects.requireNonNull(timeout, "timeout");
    }

    /**
     * The engine of one request. It is looked up once, so that no question is put to another engine than the one whose
     * settings it is judged by.
     *
     * @return an engine that stays the same, or stays missing
     */
    public OfRequest forRequest() {
        return new OfRequest(engine());
    }

    @Override
    public CompletionStage<List<PermissionAnswer>> evaluate(List<EvaluationRequest> questions) {
        return forRequest().evaluate(questions);
    }

    @Override
    public CompletionStage<AccessSettings> settings() {
        return forRequest().settings();
    }

    private CompletableFuture<Optional<DomainEngine>> engine() {
        return within(found.map(Optional::of).defaultIfEmpty(Optional.empty()).toCompletionStage(), timeout);
    }

    /** What is there already needs no clock, and most is. */
    private static <T> CompletableFuture<T> within(CompletionStage<T> stage, Duration limit) {
        CompletableFuture<T> future = stage.toCompletableFuture();
        return future.isDone() ? future : future.copy().orTimeout(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static List<PermissionAnswer> noAnswers(List<EvaluationRequest> questions, ReasonCode reason) {
        return Collections.nCopies(questions.size(), new PermissionAnswer.NoAnswer(reason));
    }

    /** One engine, or none. */
    public final class OfRequest implements PermissionEngine {

        private final CompletableFuture<Optional<DomainEngine>> engine;
        private volatile CompletableFuture<EngineTerms> terms;

        private OfRequest(CompletableFuture<Optional<DomainEngine>> engine) {
            this.engine = engine;
        }

        /**
         * Which decisions of this request are audited.
         *
         * @return the engine's rule; all, as long as there is none or it has not said it
         */
        public AuditRule auditRule() {
            CompletableFuture<EngineTerms> known = terms;
            return known != null && known.isDone() && !known.isCompletedExceptionally()
                    ? known.join().audits()
                    : AuditRule.ALL;
        }

        /**
         * What the engine offers beyond AM's {@code check}.
         *
         * @return the operations, or nothing where the engine is somebody else's; fails with a {@link DecisionUnavailableException}
         *     where the domain has none
         */
        public CompletionStage<Optional<EngineOperations>> operations() {
            return engine.thenApply(
                    found -> found.orElseThrow(OfRequest::missing).operations());
        }

        /**
         * What the engine says of itself, asked once a request.
         *
         * @return settings, audit and deadline; fails where the domain has no engine, or it does not say
         */
        public CompletionStage<EngineTerms> terms() {
            // Defaults are the laxest settings: without an engine nobody knows that they were meant.
            return engine.thenCompose(found -> terms(found.orElseThrow(OfRequest::missing)));
        }

        @Override
        public CompletionStage<AccessSettings> settings() {
            return terms().thenApply(EngineTerms::access);
        }

        private static DecisionUnavailableException missing() {
            return new DecisionUnavailableException(new Outcome.Unavailable(
                    ReasonCode.ENGINE_NOT_CONFIGURED, "This domain has no authorization engine."));
        }

        @Override
        public CompletionStage<List<PermissionAnswer>> evaluate(List<EvaluationRequest> questions) {
            return engine.thenCompose(found -> found.isPresent()
                            ? answers(found.get(), questions)
                            : CompletableFuture.completedFuture(noAnswers(questions, ReasonCode.ENGINE_NOT_CONFIGURED)))
                    .exceptionally(failure -> {
                        LOG.debug("The authorization engine gave no answer: {}", failure.toString());
                        return noAnswers(questions, ReasonCode.ENGINE_UNAVAILABLE);
                    });
        }

        private CompletionStage<List<PermissionAnswer>> answers(
                DomainEngine engine, List<EvaluationRequest> questions) {
            meters.questionsAsked(questions.size());
            return terms(engine).thenCompose(terms -> within(engine.evaluate(questions), patience(terms)));
        }

        /** A request is judged by one state of the settings. */
        private CompletableFuture<EngineTerms> terms(DomainEngine engine) {
            if (terms == null) {
                terms = within(engine.terms(), timeout);
            }
            return terms;
        }

        /** An engine that says its deadline gets that long, and the time to say why it did not answer. */
        private Duration patience(EngineTerms terms) {
            return terms.deadline()
                    .map(deadline -> deadline.plus(EngineOperations.MARGIN))
                    .map(limit -> limit.compareTo(LONGEST) < 0 ? limit : LONGEST)
                    .orElse(timeout);
        }
    }
}
