package io.mcpaccess.guard;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpaccess.guard.arguments.ToolArguments;
import io.mcpaccess.guard.oauth.SubjectRule;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * How the guard asks and what it lets through. What is neither open nor decided is refused (COAZ, unknown methods).
 *
 * @param action the AuthZEN action of a tool call; COAZ names it {@code tools/call}, which the AuthZEN plugin takes as
 *     the relation {@code can_call}
 * @param subject who the question is about
 * @param openMethods the MCP requests that a valid token alone opens; {@code tools/call} is never among them
 * @param decidedMethods the MCP requests other than tool calls that AM is asked about, each with what it reads or runs
 * @param arguments the arguments of tool calls that a question carries for conditions
 * @param denials how a client is told that it may not do something
 */
public record Rules(
        String action,
        SubjectRule subject,
        Set<String> openMethods,
        Set<String> decidedMethods,
        ToolArguments arguments,
        Denials denials) {
    static final String TOOLS_CALL = "tools/call";
    static final String TOOLS_LIST = "tools/list";
    private static final String SUBSCRIPTIONS = "subscriptions/listen";
    private static final Set<String> OPEN =
            Set.of("initialize", "server/discover", "ping", TOOLS_LIST, "logging/setLevel", SUBSCRIPTIONS);
    /** What MCP 2026-07-28 no longer has. */
    private static final Set<String> OF_SESSIONS = Set.of("initialize", "ping", "logging/setLevel");

    /** What the guard does with a request that is no tool call. */
    enum Opening {
        /** Let through. */
        OPEN,
        /** Ask about it. */
        ASKED,
        /** Ask about each resource that a client wants to hear of. */
        ASKED_FOR_EACH,
        /** Refuse. */
        CLOSED
    }

    /**
     * @throws IllegalArgumentException when the action is blank, {@code tools/call} is said to be open, a method has no
     *     question, or one is both open and decided; the message says which
     */
    public Rules {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(arguments, "arguments");
        Objects.requireNonNull(denials, "denials");
        openMethods = Set.copyOf(openMethods);
        decidedMethods = Set.copyOf(decidedMethods);
        if (action.isBlank()) {
            throw new IllegalArgumentException("The AuthZEN action is blank. The usual one is tools/call.");
        }
        if (openMethods.contains(TOOLS_CALL)) {
            throw new IllegalArgumentException("tools/call cannot be open: every tool call is asked about.");
        }
        for (String method : decidedMethods) {
            if (!MethodQuestions.METHODS.contains(method)) {
                throw new IllegalArgumentException("AM cannot be asked about '" + method + "'. It can be asked about "
                        + String.join(", ", new TreeSet<>(MethodQuestions.METHODS))
                        + "; a list is asked about by what it holds, and a tool call always.");
            }
            if (openMethods.contains(method)) {
                throw new IllegalArgumentException(method + " is both open and decided. Say one of the two.");
            }
        }
    }

    /**
     * @return action {@code tools/call}, the user's name, the methods every MCP session needs, nothing else decided, no
     *     arguments, plain denials
     */
    public static Rules usual() {
        return new Rules(TOOLS_CALL, SubjectRule.username(), OPEN, Set.of(), ToolArguments.none(), Denials.PLAIN);
    }

    /** Listening is open as it is; news of resources is not, unless subscribing to them is (MCP 2026-07-28). */
    Opening opening(String method, JsonNode params, boolean stateless) {
        if (stateless && OF_SESSIONS.contains(method)) {
            return Opening.CLOSED;
        }
        if (decidedMethods.contains(method)) {
            return Opening.ASKED;
        }
        boolean ofResources = method.equals(SUBSCRIPTIONS)
                && params.path("notifications").has("resourceSubscriptions")
                && !openMethods.contains(MethodQuestions.SUBSCRIBE);
        if (ofResources) {
            boolean asked = openMethods.contains(SUBSCRIPTIONS) && decidedMethods.contains(MethodQuestions.SUBSCRIBE);
            return asked ? Opening.ASKED_FOR_EACH : Opening.CLOSED;
        }
        boolean lists = ListedKind.of(method)
                .filter(kind -> decidedMethods.contains(kind.method()))
                .isPresent();
        return lists || openMethods.contains(method) ? Opening.OPEN : Opening.CLOSED;
    }

    /**
     * @param name the AuthZEN action of a tool call
     * @return the same with this action
     */
    public Rules withAction(String name) {
        return new Rules(name, subject, openMethods, decidedMethods, arguments, denials);
    }

    /**
     * @param rule who the question is about
     * @return the same with this rule
     */
    public Rules withSubject(SubjectRule rule) {
        return new Rules(action, rule, openMethods, decidedMethods, arguments, denials);
    }

    /**
     * @param methods MCP requests that a valid token alone opens, such as {@code prompts/list}
     * @return the same with these in addition
     */
    public Rules withOpenMethods(Set<String> methods) {
        return new Rules(action, subject, both(openMethods, methods), decidedMethods, arguments, denials);
    }

    /**
     * Has AM decide about more than tool calls. What is decided is also listed, each list without what the caller may not
     * use: {@code resources/read} opens {@code resources/list} and {@code resources/templates/list}, {@code prompts/get}
     * opens {@code prompts/list}, {@code tasks/get} opens {@code tasks/list}.
     *
     * @param methods of {@code resources/read}, {@code resources/subscribe}, {@code resources/unsubscribe}, {@code
     *     prompts/get}, {@code completion/complete}, {@code tasks/get}, {@code tasks/result}, {@code tasks/cancel}
     * @return the same with these in addition
     * @throws IllegalArgumentException when there is no question about one of them, or it is open
     */
    public Rules withDecidedMethods(Set<String> methods) {
        return new Rules(action, subject, openMethods, both(decidedMethods, methods), arguments, denials);
    }

    /**
     * @param named the arguments of tool calls that a question carries for conditions; {@link ToolArguments#none()} unless
     *     set
     * @return the same with these
     */
    public Rules withArguments(ToolArguments named) {
        return new Rules(action, subject, openMethods, decidedMethods, named, denials);
    }

    /**
     * @param style how a client is told that it may not do something; {@link Denials#PLAIN} unless set
     * @return the same with this
     */
    public Rules withDenials(Denials style) {
        return new Rules(action, subject, openMethods, decidedMethods, arguments, style);
    }

    private static Set<String> both(Set<String> some, Set<String> others) {
        Set<String> all = new HashSet<>(some);
        all.addAll(others);
        return all;
    }
}
