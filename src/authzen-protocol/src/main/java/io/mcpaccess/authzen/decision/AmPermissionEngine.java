package io.mcpaccess.authzen.decision;

import io.gravitee.am.authorizationengine.api.AuthorizationEngineProvider;
import io.gravitee.am.gateway.handler.common.authorizationengine.AuthorizationEngineManager;
import io.mcpaccess.core.authzen.EvaluationRequest;
import io.mcpaccess.core.decision.AccessSettings;
import io.mcpaccess.core.decision.DecisionUnavailableException;
import io.mcpaccess.core.decision.Outcome;
import io.mcpaccess.core.decision.PermissionAnswer;
import io.mcpaccess.core.decision.PermissionEngine;
import io.mcpaccess.core.decision.ReasonCode;
import io.mcpaccess.core.spi.EngineOperations;
import io.mcpaccess.core.spi.EngineSpiClient;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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

    private static final int CHECKS_AT_ONCE = 16;

    private final Maybe<AuthorizationEngineProvider> provider;
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
        this(Maybe.defer(engines::getDefault), meters, timeout);
    }

    private AmPermissionEngine(Maybe<AuthorizationEngineProvider> provider, DecisionMeters meters, Duration timeout) {
        this.provider = Objects.requireNonNull(provider, "provider");
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
        return new AmPermissionEngine(provider.cache(), meters, timeout);
    }

    @Override
    public CompletionStage<List<PermissionAnswer>> evaluate(List<EvaluationRequest> questions) {
        return provider.timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .flatMapSingle(found -> answers(found, questions))
                .defaultIfEmpty(noAnswers(questions, ReasonCode.ENGINE_NOT_CONFIGURED))
                .onErrorReturn(failure -> {
                    LOG.debug("The authorization engine gave no answer: {}", failure.toString());
                    return noAnswers(questions, ReasonCode.ENGINE_UNAVAILABLE);
                })
                .toCompletionStage();
    }

    @Override
    public CompletionStage<AccessSettings> settings() {
        return provider.flatMapSingle(provider -> EngineSpiClient.of(provider)
                        .map(EngineOperations::settings)
                        .map(Single::fromCompletionStage)
                        .orElseGet(() -> Single.just(AccessSettings.DEFAULTS)))
                // Defaults are the laxest settings: without an engine nobody knows that they were meant.
                .switchIfEmpty(Single.error(() -> new DecisionUnavailableException(new Outcome.Unavailable(
                        ReasonCode.ENGINE_NOT_CONFIGURED, "This domain has no authorization engine."))))
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .toCompletionStage();
    }

    private Single<List<PermissionAnswer>> answers(
            AuthorizationEngineProvider provider, List<EvaluationRequest> questions) {
        meters.questionsAsked(questions.size());
        Optional<EngineOperations> ours = EngineSpiClient.of(provider);
        if (ours.isPresent()) {
            return limit(ours.get())
                    .flatMap(limit -> Single.fromCompletionStage(ours.get().evaluations(questions))
                            .map(decisions ->
                                    decisions.stream().map(PermissionAnswer::of).toList())
                            .timeout(limit.toMillis(), TimeUnit.MILLISECONDS));
        }
        return Flowable.fromIterable(questions)
                .concatMapEager(question -> check(provider, question).toFlowable(), CHECKS_AT_ONCE, 1)
                .toList()
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** An engine that says its deadline gets that long, and the time to say why it did not answer. */
    private Single<Duration> limit(EngineOperations ours) {
        return Single.fromCompletionStage(ours.deadline())
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .map(deadline -> deadline.map(known -> known.plus(EngineOperations.MARGIN))
                        .map(limit -> limit.compareTo(LONGEST) < 0 ? limit : LONGEST)
                        .orElse(timeout));
    }

    private static Single<PermissionAnswer> check(AuthorizationEngineProvider provider, EvaluationRequest question) {
        return Single.defer(() -> provider.check(EngineQuestion.of(question)))
                .map(response -> PermissionAnswer.of(EngineQuestion.decision(response)))
                .onErrorReturnItem(new PermissionAnswer.NoAnswer(ReasonCode.ENGINE_UNAVAILABLE));
    }

    private static List<PermissionAnswer> noAnswers(List<EvaluationRequest> questions, ReasonCode reason) {
        return Collections.nCopies(questions.size(), new PermissionAnswer.NoAnswer(reason));
    }
}
