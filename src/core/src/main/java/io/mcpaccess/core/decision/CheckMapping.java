package io.mcpaccess.core.decision;

import io.mcpaccess.core.authzen.EvaluationRequest;
import io.mcpaccess.openfga.Identifiers;
import io.mcpaccess.openfga.InvalidIdentifierException;
import io.mcpaccess.openfga.PermissionQuestion;
import io.mcpaccess.openfga.TupleKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Turns an AuthZEN question into an OpenFGA check: {@code subject -> user}, {@code action.name -> relation} by way of
 * aliases, {@code resource -> object}; properties become context as {@code subject_x}, {@code resource_x},
 * {@code action_x}, and what the request's own context says wins. Conditions that want them get {@code current_time} from the
 * engine's clock, and {@code request_ip} where it comes as a property of the subject.
 *
 * @param actionAliases names of actions that stand for a relation, such as {@code tools/call} for {@code can_call}
 * @param clock the time that conditions get
 */
public record CheckMapping(Map<String, String> actionAliases, ConditionClock clock) {

    /** The alias that holds unless the administrator sets others: the MCP method of a tool call. */
    public static final Map<String, String> DEFAULT_ALIASES = Map.of("tools/call", "can_call");

    /** Members of a request's context that are meant for the token layers and must never reach OpenFGA. */
    public static final Set<String> CREDENTIAL_MEMBERS =
            Set.of("access_token", "access_token_proof_checked", "assumed_scope");

    private static final String SUBJECT = "subject_";
    private static final String RESOURCE = "resource_";
    private static final String ACTION = "action_";

    /** The address of the client, as conditions of OpenFGA's examples call it. Properties of action and resource may be a call's arguments. */
    private static final String REQUEST_IP = "request_ip";

    public CheckMapping {
        actionAliases = Map.copyOf(actionAliases);
        Objects.requireNonNull(clock, "clock");
    }

    /**
     * A mapping that supplies no time.
     *
     * @param actionAliases names of actions that stand for a relation
     */
    public CheckMapping(Map<String, String> actionAliases) {
        this(actionAliases, ConditionClock.none());
    }

    /**
     * The same with a clock.
     *
     * @param time the time that conditions get
     * @return the mapping
     */
    public CheckMapping withClock(ConditionClock time) {
        return new CheckMapping(actionAliases, time);
    }

    /**
     * Maps one question.
     *
     * @param request the question
     * @return what OpenFGA is asked
     * @throws InvalidIdentifierException if an identifier must not be put before OpenFGA; the answer is {@code false}
     */
    public PermissionQuestion map(EvaluationRequest request) {
        String action = request.action().name();
        TupleKey tuple = new TupleKey(
                Identifiers.user(request.subject().type(), request.subject().id()),
                Identifiers.relation(actionAliases.getOrDefault(action, action)),
                Identifiers.object(request.resource().type(), request.resource().id()));
        return PermissionQuestion.of(tuple, context(request));
    }

    private Map<String, Object> context(EvaluationRequest request) {
        boolean isTimeWanted = clock.isToBePutInto(request.context());
        if (!isTimeWanted
                && request.subject().properties().isEmpty()
                && request.resource().properties().isEmpty()
                && request.action().properties().isEmpty()) {
            return request.withoutContext(CREDENTIAL_MEMBERS).context();
        }
        Map<String, Object> context = new LinkedHashMap<>();
        request.subject().properties().forEach((key, value) -> context.put(SUBJECT + key, value));
        request.resource().properties().forEach((key, value) -> context.put(RESOURCE + key, value));
        request.action().properties().forEach((key, value) -> context.put(ACTION + key, value));
        if (request.subject().properties().get(REQUEST_IP) instanceof String address) {
            context.put(REQUEST_IP, address);
        }
        context.putAll(request.context());
        context.keySet().removeAll(CREDENTIAL_MEMBERS);
        if (isTimeWanted) {
            context.put(ConditionClock.CURRENT_TIME, clock.now());
        }
        return context;
    }
}
