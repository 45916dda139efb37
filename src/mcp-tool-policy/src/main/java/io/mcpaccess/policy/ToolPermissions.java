package io.mcpaccess.policy;

import io.gravitee.am.authorizationengine.api.AuthorizationEngineProvider;
import io.gravitee.am.authorizationengine.api.model.AuthorizationEngineRequest;
import io.gravitee.am.gateway.handler.common.authorizationengine.AuthorizationEngineManager;
import io.mcpaccess.core.authzen.Decision;
import io.mcpaccess.core.authzen.EvaluationRequest;
import io.mcpaccess.core.decision.AccessSettings;
import io.mcpaccess.core.decision.PermissionAnswer;
import io.mcpaccess.core.decision.ReasonCode;
import io.mcpaccess.core.spi.EngineOperations;
import io.mcpaccess.core.spi.EngineSpiClient;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Asks the domain's authorization engine, ours with one batch question, another's with one {@code check} a question. */
final class ToolPermissions {

    private static final int PARALLEL_CHECKS = 8;

    private final AuthorizationEngineManager engines;
    private final StepTime time;

    /**
     * Asks engines of a domain.
     *
     * @param engines AM's manager of the domain's engines
     * @param time what the step has left, for engines that say no deadline of their own
     */
    ToolPermissions(AuthorizationEngineManager engines, StepTime time) {
        this.engines = engines;
        this.time = time;
    }

    /**
     * Asks about tools.
     *
     * @param questions makes the questions, given how the engine is set
     * @return an answer for every tool; fails where there is no engine or it does not answer
     */
    Single<ToolAnswers> ask(Function<AccessSettings, ToolQuestions> questions) {
        return timed(Maybe.defer(engines::getDefault)
                        .switchIfEmpty(Single.error(() -> new DoubtException(
                                ReasonCode.ENGINE_NOT_CONFIGURED.wireName(),
                                "The domain has no authorization engine."))))
                .flatMap(provider -> EngineSpiClient.of(provider)
                        .map(engine -> askOurs(engine, questions))
                        .orElseGet(() -> askAnother(provider, questions.apply(AccessSettings.DEFAULTS))));
    }

    private Single<ToolAnswers> askOurs(EngineOperations engine, Function<AccessSettings, ToolQuestions> questions) {
        return timed(Single.fromCompletionStage(engine.settings())).flatMap(settings -> {
            ToolQuestions asked = questions.apply(settings);
            return asked.questions().isEmpty()
                    ? Single.just(asked.answered(List.of()))
                    : limit(engine)
                            .flatMap(limit -> Single.fromCompletionStage(engine.evaluations(asked.questions()))
                                    .timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                                    .onErrorResumeNext(ToolPermissions::unavailable))
                            .map(decisions -> asked.answered(
                                    decisions.stream().map(PermissionAnswer::of).toList()));
        });
    }

    /** The administrator says at the engine how long a decision may take; a step has no other opinion. */
    private Single<Duration> limit(EngineOperations engine) {
        return timed(Single.fromCompletionStage(engine.deadline()))
                .map(deadline -> deadline.map(known -> known.plus(EngineOperations.MARGIN))
                        .orElseGet(time::left));
    }

    private <T> Single<T> timed(Single<T> answer) {
        return answer.timeout(time.leftNanos(), TimeUnit.NANOSECONDS).onErrorResumeNext(ToolPermissions::unavailable);
    }

    private static <T> Single<T> unavailable(Throwable problem) {
        return Single.error(
                problem instanceof DoubtException
                        ? problem
                        : new DoubtException(
                                ReasonCode.ENGINE_UNAVAILABLE.wireName(),
                                "The authorization engine gave no answer ("
                                        + problem.getClass().getName() + ")."));
    }

    private Single<ToolAnswers> askAnother(AuthorizationEngineProvider provider, ToolQuestions asked) {
        return timed(Flowable.fromIterable(asked.questions())
                        .concatMapEager(question -> check(provider, question).toFlowable(), PARALLEL_CHECKS, 1)
                        .toList())
                .map(asked::answered);
    }

    private static Single<PermissionAnswer> check(AuthorizationEngineProvider provider, EvaluationRequest question) {
        return provider.check(amRequest(question))
                .map(response -> PermissionAnswer.of(new Decision(response.decision(), response.context())))
                .onErrorReturnItem(new PermissionAnswer.NoAnswer(ReasonCode.ENGINE_UNAVAILABLE));
    }

    /**
     * A question in AM's types.
     *
     * @param question the question
     * @return the same for {@link AuthorizationEngineProvider#check}
     */
    static AuthorizationEngineRequest amRequest(EvaluationRequest question) {
        return new AuthorizationEngineRequest(
                new AuthorizationEngineRequest.Subject(
                        question.subject().type(),
                        question.subject().id(),
                        question.subject().properties()),
                new AuthorizationEngineRequest.Resource(
                        question.resource().type(),
                        question.resource().id(),
                        question.resource().properties()),
                new AuthorizationEngineRequest.Action(
                        question.action().name(), question.action().properties()),
                new AuthorizationEngineRequest.Context(question.context()));
    }
}
