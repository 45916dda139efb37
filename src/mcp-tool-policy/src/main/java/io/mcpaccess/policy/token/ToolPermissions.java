package io.mcpaccess.policy.token;

import io.gravitee.am.gateway.handler.common.authorizationengine.AuthorizationEngineManager;
import io.mcpaccess.core.decision.AccessSettings;
import io.mcpaccess.core.decision.ReasonCode;
import io.mcpaccess.core.spi.EngineTerms;
import io.mcpaccess.policy.am.DoubtException;
import io.mcpaccess.policy.am.StepTime;
import io.mcpaccess.support.DomainEngine;
import io.reactivex.rxjava3.core.Single;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Asks the domain's authorization engine, ours with one batch question, another's with one {@code check} a question. */
final class ToolPermissions {

    private final String domainId;
    private final AuthorizationEngineManager engines;
    private final StepTime time;

    /**
     * Asks engines of a domain.
     *
     * @param domainId the domain, which the engine is told
     * @param engines AM's manager of the domain's engines
     * @param time what the step has left, for engines that say no deadline of their own
     */
    ToolPermissions(String domainId, AuthorizationEngineManager engines, StepTime time) {
        this.domainId = domainId;
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
        return timed(DomainEngine.find(engines, domainId)
                        .switchIfEmpty(Single.error(() -> new DoubtException(
                                ReasonCode.ENGINE_NOT_CONFIGURED.wireName(),
                                "The domain has no authorization engine."))))
                .flatMap(engine -> timed(engine.agreed())
                        .flatMap(terms -> answers(engine, terms, questions.apply(terms.access()))));
    }

    private Single<ToolAnswers> answers(DomainEngine engine, EngineTerms terms, ToolQuestions asked) {
        if (asked.questions().isEmpty()) {
            return Single.just(asked.answered(List.of(), terms.audits()));
        }
        // The administrator says at the engine how long a decision may take; a step has no other opinion.
        return timed(engine.patience())
                .flatMap(known -> engine.evaluate(asked.questions(), known.orElseGet(time::left))
                        .onErrorResumeNext(ToolPermissions::unavailable))
                .map(answers -> asked.answered(answers, terms.audits()));
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
}
