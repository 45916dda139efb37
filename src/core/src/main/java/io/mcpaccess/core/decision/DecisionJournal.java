package io.mcpaccess.core.decision;

import io.mcpaccess.core.authzen.Action;
import io.mcpaccess.core.authzen.EvaluationRequest;
import io.mcpaccess.core.authzen.Resource;
import io.mcpaccess.core.authzen.Subject;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Takes decisions down without what must not be in a log: no properties, no context, no token.
 *
 * @param log takes every decision down once
 * @param ids gives unique decision ids
 */
record DecisionJournal(DecisionLog log, Supplier<String> ids) {

    /** Takes one decision down. Never fails: a log that does must neither open the door nor take the answer away. */
    void record(Pep pep, EvaluationRequest request, Outcome outcome, Duration elapsed) {
        try {
            log.record(new DecisionRecord(ids.get(), pep, bare(request), outcome, elapsed));
        } catch (RuntimeException e) {
            return;
        }
    }

    private static EvaluationRequest bare(EvaluationRequest request) {
        boolean isBare = request.context().isEmpty()
                && request.subject().properties().isEmpty()
                && request.action().properties().isEmpty()
                && request.resource().properties().isEmpty();
        return isBare
                ? request
                : EvaluationRequest.of(
                        Subject.of(request.subject().type(), request.subject().id()),
                        Action.of(request.action().name()),
                        Resource.of(
                                request.resource().type(), request.resource().id()));
    }
}
