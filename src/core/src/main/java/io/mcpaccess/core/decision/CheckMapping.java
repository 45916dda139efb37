package io.mcpaccess.core.decision;

import io.mcpaccess.core.authzen.EvaluationRequest;
import io.mcpaccess.openfga.CheckQuestion;
import io.mcpaccess.openfga.Identifiers;
import io.mcpaccess.openfga.InvalidIdentifierException;
import io.mcpaccess.openfga.TupleKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Turns an AuthZEN question into an OpenFGA check: {@code subject -> user}, {@code action.name -> relation} by way of
 * aliases, {@code resource -> object}; properties become context as {@code subject_x}, {@code resource_x},
 * {@code action_x}, and what the request's own context says wins.
 *
 * @param actionAliases names of actions that stand for a relation, such as {@code tools/call} for {@code can_call}
 */
public record CheckMapping(Map<String, String> actionAliases) {

    /** The alias that holds unless the administrator sets others: the MCP method of a tool call. */
    public static final Map<String, String> DEFAULT_ALIASES = Map.of("tools/call", "can_call");

    /** Members of a request's context that are meant for the token layers and must never reach OpenFGA. */
    public static final Set<String> CREDENTIAL_MEMBERS =
            Set.of("access_token", "access_token_proof_checked", "assumed_scope");

    public CheckMapping {
        actionAliases = Map.copyOf(actionAliases);
    }

    /**
     * Maps one question.
     *
     * @param request the question
     * @return what OpenFGA is asked
     * @throws InvalidIdentifierException if an identifier must not be put before OpenFGA; the answer is {@code false}
     */
    public CheckQuestion map(EvaluationRequest request) {
        String action = request.action().name();
        TupleKey tuple = new TupleKey(
                Identifiers.user(request.subject().type(), request.subject().id()),
                Identifiers.relation(actionAliases.getOrDefault(action, action)),
                Identifiers.object(request.resource().type(), request.resource().id()));
        return new CheckQuestion(tuple, context(request));
    }

    private static Map<String, Object> context(EvaluationRequest request) {
        if (request.subject().properties().isEmpty()
                && request.resource().properties().isEmpty()
                && request.action().properties().isEmpty()) {
            return request.withoutContext(CREDENTIAL_MEMBERS).context();
        }
        Map<String, Object> context = new LinkedHashMap<>();
        request.subject().properties().forEach((key, value) -> context.put("subject_" + key, value));
        request.resource().properties().forEach((key, value) -> context.put("resource_" + key, value));
        request.action().properties().forEach((key, value) -> context.put("action_" + key, value));
        context.putAll(request.context());
        context.keySet().removeAll(CREDENTIAL_MEMBERS);
        return context;
    }
}
