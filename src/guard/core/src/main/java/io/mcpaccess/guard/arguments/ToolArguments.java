package io.mcpaccess.guard.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The arguments that a question carries as {@code context}, by tool. Others never leave the guard. An argument that a call
 * does not have, or not in its type, is left out: a condition that needs it is not met then, and the call is refused.
 * Immutable; holds names only, never values.
 *
 * @param byTool at most 20 arguments for each tool name, no two of one name
 */
public record ToolArguments(Map<String, List<ToolArgument>> byTool) {
    private static final int MOST = 20;
    private static final ToolArguments NONE = new ToolArguments(Map.of());

    /**
     * @throws IllegalArgumentException when a tool has too many arguments or two of one name
     */
    public ToolArguments {
        Map<String, List<ToolArgument>> copy = new LinkedHashMap<>();
        byTool.forEach((tool, arguments) -> copy.put(tool, List.copyOf(arguments)));
        copy.forEach((tool, arguments) -> {
            if (arguments.size() > MOST) {
                throw new IllegalArgumentException(
                        "The tool '" + tool + "' has more than " + MOST + " arguments that conditions may look at.");
            }
            if (arguments.stream().map(ToolArgument::name).distinct().count() < arguments.size()) {
                throw new IllegalArgumentException(
                        "The tool '" + tool + "' has two arguments of one name in conditions.");
            }
        });
        byTool = Map.copyOf(copy);
    }

    /**
     * @return no argument of any tool, which is the default
     */
    public static ToolArguments none() {
        return NONE;
    }

    /**
     * @param tool the name of a tool
     * @param arguments all that conditions about it may look at
     * @return the same with these in place of what was said about this tool
     * @throws IllegalArgumentException when they are too many or two have one name
     */
    public ToolArguments with(String tool, ToolArgument... arguments) {
        Map<String, List<ToolArgument>> all = new LinkedHashMap<>(byTool);
        all.put(tool, List.of(arguments));
        return new ToolArguments(all);
    }

    /**
     * @param tool the name of a tool
     * @return whether an answer about it may depend on arguments
     */
    public boolean isKnown(String tool) {
        return !byTool.getOrDefault(tool, List.of()).isEmpty();
    }

    /**
     * @param tool the name of the tool that is called
     * @param arguments of the call: an object, or a missing node
     * @return the members of the question's context; empty when a member of the arguments looks like one that counts, so
     *     that a lenient server could take its value instead
     */
    public Optional<ObjectNode> context(String tool, JsonNode arguments) {
        ObjectNode context = JsonNodeFactory.instance.objectNode();
        for (ToolArgument argument : byTool.getOrDefault(tool, List.of())) {
            ToolArgument.Found found = argument.in(arguments);
            if (found instanceof ToolArgument.Found.Unclear) {
                return Optional.empty();
            }
            if (found instanceof ToolArgument.Found.Value value) {
                context.set(argument.name(), value.value());
            }
        }
        return Optional.of(context);
    }

    @Override
    public String toString() {
        return "ToolArguments[" + byTool.keySet().stream().sorted().collect(Collectors.joining(", ")) + "]";
    }
}
