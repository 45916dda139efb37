package io.mcpaccess.core.decision;

import io.mcpaccess.core.authzen.EvaluationRequest;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Port to the domain's authorization engine. Implementations never block and answer within their own deadline. */
public interface PermissionEngine {

    /**
     * Puts questions to the engine, all on one state of its data where it can.
     *
     * @param questions the questions, at least one, without credentials
     * @return one answer a question, in the same order; failures are answers too, the stage itself does not fail
     */
    CompletionStage<List<PermissionAnswer>> evaluate(List<EvaluationRequest> questions);

    /**
     * What the domain's administrator set for tool access.
     *
     * @return the settings; the stage fails where they cannot be had, and nothing is permitted then. A
     *     {@link DecisionUnavailableException} says why, such as that the domain has no engine
     */
    CompletionStage<AccessSettings> settings();
}
