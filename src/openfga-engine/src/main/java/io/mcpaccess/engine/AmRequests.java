package io.mcpaccess.engine;

import io.gravitee.am.authorizationengine.api.model.AuthorizationEngineRequest;
import io.mcpaccess.core.authzen.Action;
import io.mcpaccess.core.authzen.EvaluationRequest;
import io.mcpaccess.core.authzen.Resource;
import io.mcpaccess.core.authzen.Subject;
import java.util.Map;

/** Reads AM's form of an AuthZEN question, whose optional parts may be null. */
final class AmRequests {

    private AmRequests() {}

    static EvaluationRequest question(AuthorizationEngineRequest request) {
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

    private static Map<String, Object> orEmpty(Map<String, Object> map) {
        return map == null ? Map.of() : map;
    }
}
