package io.mcpaccess.core.mcp;

import io.mcpaccess.core.authzen.EvaluationRequest;
import io.mcpaccess.core.authzen.Subject;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The default mappings of COAZ, the AuthZEN working group's profile for MCP (MCP binding, draft 1 of July 2026): a request
 * of an MCP client becomes a question whose subject has the type {@code identity} and the token's {@code sub} as its
 * identifier, whose action is the MCP method, and whose resource is what the method is about.
 */
public final class CoazMapping {

    /** The type of the subject in a question of this shape. */
    public static final String SUBJECT_TYPE = "identity";

    /** The type that the same subject has in permissions. */
    public static final String PERMISSION_SUBJECT_TYPE = "user";

    /** The method of a tool call. */
    public static final String TOOL_CALL = "tools/call";

    /** The type of resource that is an MCP server itself, identified by the token's audience. */
    public static final String SERVER_TYPE = "mcp_server";

    private static final Set<String> SERVER = Set.of(SERVER_TYPE);
    private static final Set<String> RESOURCE = Set.of("resource");
    private static final Set<String> PROMPT = Set.of("prompt");
    private static final Set<String> TASK = Set.of("task");

    private static final Map<String, Set<String>> RESOURCE_TYPES = resourceTypes();

    private CoazMapping() {}

    /**
     * Whether a question has this shape. Other methods than the mapped ones count as well: they must be denied and not be
     * taken for an action of the domain's own.
     *
     * @param request the question
     * @return whether the subject has the profile's type and the action is an MCP method
     */
    public static boolean isShapeOf(EvaluationRequest request) {
        String action = request.action().name();
        return request.subject().type().equals(SUBJECT_TYPE)
                && (action.indexOf('/') >= 0 || action.equals("initialize") || action.equals("ping"));
    }

    /**
     * Whether a question is one that a default mapping makes.
     *
     * @param request a question of this shape
     * @return whether the method is mapped, and to resources of this type
     */
    public static boolean isMapped(EvaluationRequest request) {
        return RESOURCE_TYPES
                .getOrDefault(request.action().name(), Set.of())
                .contains(request.resource().type());
    }

    /**
     * The question with its subject as permissions type it.
     *
     * @param request a question of this shape
     * @return the same question about a {@code user}
     */
    public static EvaluationRequest typed(EvaluationRequest request) {
        return request.withSubject(new Subject(
                PERMISSION_SUBJECT_TYPE,
                request.subject().id(),
                request.subject().properties()));
    }

    private static Map<String, Set<String>> resourceTypes() {
        Map<String, Set<String>> types = new HashMap<>();
        types.put(TOOL_CALL, Set.of("tool"));
        for (String method : Set.of(
                "tools/list", "resources/list", "prompts/list", "tasks/list", "initialize", "logging/setLevel")) {
            types.put(method, SERVER);
        }
        for (String method : Set.of("resources/read", "resources/subscribe", "resources/unsubscribe")) {
            types.put(method, RESOURCE);
        }
        types.put("prompts/get", PROMPT);
        types.put("completion/complete", Set.of("prompt", "resource"));
        for (String method : Set.of("tasks/get", "tasks/result", "tasks/cancel")) {
            types.put(method, TASK);
        }
        return Map.copyOf(types);
    }
}
