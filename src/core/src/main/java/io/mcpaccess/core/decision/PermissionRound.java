package io.mcpaccess.core.decision;

import io.mcpaccess.core.authzen.EvaluationRequest;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * The one call in which the engine gets all that a request needs of it, each question once.
 *
 * @param engine the domain's authorization engine
 * @param executor where work goes on after it has answered
 */
record PermissionRound(PermissionEngine engine, Executor executor) {

    private static final PermissionAnswer NO_ANSWER = new PermissionAnswer.NoAnswer(ReasonCode.ENGINE_UNAVAILABLE);

    /**
     * Asks what the steps still need.
     *
     * @param steps where the questions stand
     * @return the answer to each question of their plans; never fails. What the engine did not answer has no answer
     */
    CompletionStage<Map<EvaluationRequest, PermissionAnswer>> answers(List<Step> steps) {
        Set<EvaluationRequest> distinct = new LinkedHashSet<>();
        for (Step step : steps) {
            if (step instanceof Step.NeedsPermission needs) {
                needs.plan().requirements().forEach(requirement -> distinct.addAll(requirement.alternatives()));
            }
        }
        if (distinct.isEmpty()) {
            return CompletableFuture.completedFuture(Map.of());
        }
        List<EvaluationRequest> questions = List.copyOf(distinct);
        return Ports.called(() -> engine.evaluate(questions))
                .handleAsync((answers, failure) -> byQuestion(questions, failure == null ? answers : null), executor);
    }

    /**
     * Asks for one plan that needs one answer, the usual kind.
     *
     * @param question the plan's question
     * @return its answer; never fails
     */
    CompletionStage<PermissionAnswer> answer(EvaluationRequest question) {
        return Ports.called(() -> engine.evaluate(List.of(question)))
                .handleAsync(
                        (answers, failure) ->
                                failure == null && answers != null && answers.size() == 1 && answers.get(0) != null
                                        ? answers.get(0)
                                        : NO_ANSWER,
                        executor);
    }

    /** An engine that answers fewer or more questions than it was asked may have mixed them up. */
    private static Map<EvaluationRequest, PermissionAnswer> byQuestion(
            List<EvaluationRequest> questions, List<PermissionAnswer> answers) {
        boolean clear = answers != null && answers.size() == questions.size();
        Map<EvaluationRequest, PermissionAnswer> byQuestion = new LinkedHashMap<>();
        for (int i = 0; i < questions.size(); i++) {
            PermissionAnswer answer = clear ? answers.get(i) : null;
            byQuestion.put(questions.get(i), answer == null ? NO_ANSWER : answer);
        }
        return byQuestion;
    }
}
