package io.mcpaccess.core.decision;

import io.mcpaccess.core.authzen.BatchItem;
import io.mcpaccess.core.authzen.BatchSemantic;
import io.mcpaccess.core.authzen.Decision;
import io.mcpaccess.core.authzen.EvaluationRequest;
import io.mcpaccess.core.authzen.MalformedRequestException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A batch: items that can be asked, among those that cannot.
 *
 * @param items the items as they came
 * @param questions those that can be asked, in the same order
 */
record BatchQuestions(List<BatchItem> items, List<EvaluationRequest> questions) {

    /**
     * Sorts a batch.
     *
     * @param items the items
     * @param pep who asks
     * @return the batch
     * @throws MalformedRequestException if the items carry more than {@link DecisionPipeline#MAX_TOKENS} distinct tokens
     */
    static BatchQuestions of(List<BatchItem> items, Pep pep) {
        List<EvaluationRequest> questions = new ArrayList<>(items.size());
        Set<Credentials> distinct = new HashSet<>();
        for (BatchItem item : items) {
            if (item instanceof BatchItem.Question question) {
                questions.add(question.request());
                if (Credentials.of(question.request(), pep) instanceof Credentials.Token token) {
                    distinct.add(token);
                }
            }
        }
        int tokens = distinct.size();
        if (tokens > DecisionPipeline.MAX_TOKENS) {
            throw new MalformedRequestException("The request carries " + tokens + " different access tokens; at most "
                    + DecisionPipeline.MAX_TOKENS + " are allowed.");
        }
        return new BatchQuestions(items, Collections.unmodifiableList(questions));
    }

    /**
     * Answers the items.
     *
     * @param outcomes one a question
     * @param semantic how far the items are answered
     * @return the processed prefix
     */
    List<Decision> answered(List<Outcome> outcomes, BatchSemantic semantic) {
        List<Decision> decisions = new ArrayList<>(items.size());
        int next = 0;
        for (BatchItem item : items) {
            decisions.add(
                    item instanceof BatchItem.Incomplete incomplete
                            ? new Decision(
                                    false, Map.of("error", Map.of("status", 400, "message", incomplete.problem())))
                            : outcomes.get(next++).toDecision());
        }
        return semantic.processedPrefix(decisions);
    }

    /**
     * The questions that an answer covers.
     *
     * @param processed how many items were answered
     * @return the questions among them, in order
     */
    List<EvaluationRequest> within(int processed) {
        long asked = items.subList(0, processed).stream()
                .filter(BatchItem.Question.class::isInstance)
                .count();
        return questions.subList(0, (int) asked);
    }
}
