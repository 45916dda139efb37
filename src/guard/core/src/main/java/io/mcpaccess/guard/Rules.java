package io.mcpaccess.guard;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpaccess.guard.oauth.SubjectRule;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/**
 * How the guard asks and what it lets through.
 *
 * @param action the AuthZEN action of a tool call; COAZ names it {@code tools/call}, which the AuthZEN plugin takes as
 *     the relation {@code can_call}
 * @param subject who the question is about
 * @param openMethods the MCP requests that a valid token alone opens; {@code tools/call} is never among them, and what
 *     is in neither is refused (COAZ, unknown methods)
 */
public record Rules(String action, SubjectRule subject, Set<String> openMethods) {
    static final String TOOLS_CALL = "tools/call";
    static final String TOOLS_LIST = "tools/list";
    private static final String SUBSCRIPTIONS = "subscriptions/listen";
    private static final Set<String> OPEN =
            Set.of("initialize", "server/discover", "ping", TOOLS_LIST, "logging/setLevel", SUBSCRIPTIONS);
    /** What MCP 2026-07-28 no longer has. */
    private static final Set<String> OF_SESSIONS = Set.of("initialize", "ping", "logging/setLevel");

    private static final String RESOURCES = "resources/subscribe";

    /**
     * @throws IllegalArgumentException when the action is blank or {@code tools/call} is said to be open
     */
    public Rules {
        Objects.requireNonNull(subject, "subject");
        openMethods = Set.copyOf(openMethods);
        if (action.isBlank()) {
            throw new IllegalArgumentException("The AuthZEN action is blank. The usual one is tools/call.");
        }
        if (openMethods.contains(TOOLS_CALL)) {
            throw new IllegalArgumentException("tools/call cannot be open: every tool call is asked about.");
        }
    }

    /**
     * @return action {@code tools/call}, the user's name, and the methods every MCP session needs
     */
    public static Rules usual() {
        return new Rules(TOOLS_CALL, SubjectRule.username(), OPEN);
    }

    /** Listening is open as it is; news of resources is not, unless subscribing to them was opened (MCP 2026-07-28). */
    boolean isOpen(String method, JsonNode params, boolean stateless) {
        if (stateless && OF_SESSIONS.contains(method)) {
            return false;
        }
        boolean ofResources = method.equals(SUBSCRIPTIONS)
                && params.path("notifications").has("resourceSubscriptions")
                && !openMethods.contains(RESOURCES);
        return openMethods.contains(method) && !ofResources;
    }

    /**
     * @param name the AuthZEN action of a tool call
     * @return the same with this action
     */
    public Rules withAction(String name) {
        return new Rules(name, subject, openMethods);
    }

    /**
     * @param rule who the question is about
     * @return the same with this rule
     */
    public Rules withSubject(SubjectRule rule) {
        return new Rules(action, rule, openMethods);
    }

    /**
     * @param methods MCP requests that a valid token alone opens, such as {@code prompts/list}
     * @return the same with these in addition
     */
    public Rules withOpenMethods(Set<String> methods) {
        Set<String> all = new HashSet<>(openMethods);
        all.addAll(methods);
        return new Rules(action, subject, all);
    }
}
