package io.mcpaccess.authzen.decision;

import io.gravitee.am.authorizationengine.api.model.AuthorizationEngineRequest;
import io.gravitee.am.authorizationengine.api.model.AuthorizationEngineResponse;
import io.mcpaccess.core.authzen.Decision;
import io.mcpaccess.core.authzen.EvaluationRequest;

/** AuthZEN's model and AM's, one into the other. */
final class EngineQuestion {

    private EngineQuestion() {}

    static AuthorizationEngineRequest of(EvaluationRequest request) {
        return new AuthorizationEngineRequest(
                new AuthorizationEngineRequest.Subject(
                        request.subject().type(),
                        request.subject().id(),
                        request.subject().properties()),
                new AuthorizationEngineRequest.Resource(
                        request.resource().type(),
                        request.resource().id(),
                        request.resource().properties()),
                new AuthorizationEngineRequest.Action(
                        request.action().name(), request.action().properties()),
                new AuthorizationEngineRequest.Context(request.context()));
    }

    static Decision decision(AuthorizationEngineResponse response) {
        return new Decision(response.decision(), response.context());
    }
}
