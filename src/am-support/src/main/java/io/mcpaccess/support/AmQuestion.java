package io.mcpaccess.support;

import io.gravitee.am.authorizationengine.api.model.AuthorizationEngineRequest;
import io.gravitee.am.authorizationengine.api.model.AuthorizationEngineResponse;
import io.mcpaccess.core.authzen.Action;
import io.mcpaccess.core.authzen.Decision;
import io.mcpaccess.core.authzen.EvaluationRequest;
import io.mcpaccess.core.authzen.Resource;
import io.mcpaccess.core.authzen.Subject;
import java.util.Map;

/** An AuthZEN question in AM's types and in core's, one into the other, and AM's answer to it. */
public final class AmQuestion {

    private AmQuestion() {}

    /**
     * A question for {@code AuthorizationEngineProvider.check}.
     *
     * @param question the question
     * @return the same in AM's types
     */
    public static AuthorizationEngineRequest of(EvaluationRequest question) {
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

    /**
     * Reads AM's form of a question, whose properties and context may be null.
     *
     * @param request what AM asks an engine
     * @return the same in core's types, nothing null
     */
    public static EvaluationRequest read(AuthorizationEngineRequest request) {
        return new EvaluationRequest(
                new Subject(
                        request.subject().type(),
                        request.subject().id(),
                        orEmpty(request.subject().properties())),
                new Action(request.action().name(), orEmpty(request.action().properties())),
                new Resource(
                        request.resource().type(),
                        request.resource().id(),
                        orEmpty(request.resource().properties())),
                request.context() == null ? Map.of() : orEmpty(request.context().attributes()));
    }

    /**
     * Reads an engine's answer.
     *
     * @param response what {@code check} gave
     * @return the same in core's types
     */
    public static Decision decision(AuthorizationEngineResponse response) {
        return new Decision(response.decision(), response.context());
    }

    private static Map<String, Object> orEmpty(Map<String, Object> map) {
        return map == null ? Map.of() : map;
    }
}
