package io.mcpaccess.core.decision;

import io.mcpaccess.core.authzen.EvaluationRequest;

/** How far one question has come on its way through the pipeline. */
sealed interface Step {

    /**
     * Decided; no later layer is asked.
     *
     * @param outcome the outcome
     */
    record Decided(Outcome outcome) implements Step {}

    /**
     * The token must be looked up first.
     *
     * @param request the question
     * @param token its token
     */
    record NeedsToken(EvaluationRequest request, String token) implements Step {

        @Override
        public String toString() {
            return "NeedsToken[" + request + "]";
        }
    }

    /**
     * All layers before the permission passed.
     *
     * @param plan what the engine is asked
     */
    record NeedsPermission(PermissionPlan plan) implements Step {}
}
