package io.mcpaccess.authzen.decision;

import io.gravitee.am.gateway.handler.common.authorizationengine.AuthorizationEngineManager;
import io.mcpaccess.core.authzen.EvaluationRequest;
import io.mcpaccess.core.decision.AccessSettings;
import io.mcpaccess.core.decision.DecisionUnavailableException;
import io.mcpaccess.core.decision.Outcome;
import io.mcpaccess.core.decision.PermissionAnswer;
import io.mcpaccess.core.decision.PermissionEngine;
import io.mcpaccess.core.decision.ReasonCode;
import io.mcpaccess.support.DomainEngine;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
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
    public PermissionEngine forRequest() {
        return new AmPermissionEngine(found.cache(), meters, timeout);
    }

    @Override
    public CompletionStage<List<PermissionAnswer>> evaluate(List<EvaluationRequest> questions) {
        return found.timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .flatMapSingle(engine -> answers(engine, questions))
                .defaultIfEmpty(noAnswers(questions, ReasonCode.ENGINE_NOT_CONFIGURED))
                .onErrorReturn(failure -> {
                    LOG.debug("The authorization engine gave no answer: {}", failure.toString());
                    return noAnswers(questions, ReasonCode.ENGINE_UNAVAILABLE);
                })
                .toCompletionStage();
    }

    @Override
    public CompletionStage<AccessSettings> settings() {
        return found.flatMapSingle(DomainEngine::settings)
                // Defaults are the laxest settings: without an engine nobody knows that they were meant.
                .switchIfEmpty(Single.error(() -> new DecisionUnavailableException(new Outcome.Unavailable(
                        ReasonCode.ENGINE_NOT_CONFIGURED, "This domain has no authorization engine."))))
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .toCompletionStage();
    }

    private Single<List<PermissionAnswer>> answers(DomainEngine engine, List<EvaluationRequest> questions) {
        meters.questionsAsked(questions.size());
        return engine.patience()
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .map(known -> known.map(limit -> limit.compareTo(LONGEST) < 0 ? limit : LONGEST)
                        .orElse(timeout))
                .flatMap(limit -> engine.evaluate(questions, limit));
    }

    private static List<PermissionAnswer> noAnswers(List<EvaluationRequest> questions, ReasonCode reason) {
        return Collections.nCopies(questions.size(), new PermissionAnswer.NoAnswer(reason));
    }
}
