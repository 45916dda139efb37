package io.mcpaccess.registry.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a tool's {@code x-authzen-mapping} says (COAZ, MCP binding, draft 1 of July 2026), as far as it names arguments for
 * conditions: {@code evaluation.context} with expressions such as {@code $params.arguments.amount}. The rest is CEL of a
 * server that may be anybody's, and is not followed. Words for people: what the guard asks with, its own author says.
 *
 * @param arguments the arguments that it names, in its order, at most 20
 * @param remarks what the administrator should know of the rest; no text of the server's own stands in them
 */
public record ArgumentMapping(List<MappedArgument> arguments, List<String> remarks) {

    /** Nothing is declared. */
    public static final ArgumentMapping NONE = new ArgumentMapping(List.of(), List.of());

    private static final String MEMBER = "x-authzen-mapping";
    private static final int MOST = 20;
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");
    private static final Pattern ARGUMENT =
            Pattern.compile("\\$params\\.\\??arguments((?:\\.\\??[A-Za-z_][A-Za-z0-9_]{0,63}){1,8})");
    private static final Pattern STEP = Pattern.compile("\\.\\??");
    private static final String AGENT = "agent";
    private static final Set<String> DEFAULTS = Set.of("$params.name", "tools/call", "tool");
    private static final Map<String, String> TYPES =
            Map.of("number", "number", "integer", "integer", "boolean", "boolean", "string", "string");

    /** Takes copies. */
    public ArgumentMapping {
        arguments = List.copyOf(arguments);
        remarks = List.copyOf(remarks);
    }

    /**
     * @param inputSchema of a tool, as its server has it; anything at all
     * @return what is understood of its mapping
     */
    public static ArgumentMapping of(JsonNode inputSchema) {
        JsonNode declared = inputSchema.path(MEMBER);
        if (declared.isMissingNode() || declared.isNull()) {
            return NONE;
        }
        JsonNode evaluation = declared.path("evaluation");
        if (declared.size() != 1 || !evaluation.isObject()) {
            return new ArgumentMapping(
                    List.of(),
                    List.of("The tool declares an " + MEMBER
                            + " that is not one evaluation: no argument is taken from it"));
        }
        List<MappedArgument> arguments = new ArrayList<>();
        boolean[] isRest = {isOwnQuestion(evaluation)};
        evaluation.path("context").fields().forEachRemaining(member -> {
            Optional<MappedArgument> argument = argument(member.getKey(), member.getValue(), inputSchema);
            if (argument.isPresent() && arguments.size() < MOST) {
                arguments.add(argument.get());
            } else if (!member.getKey().equals(AGENT)) {
                isRest[0] = true;
            }
        });
        return new ArgumentMapping(
                arguments,
                isRest[0]
                        ? List.of("The tool's " + MEMBER
                                + " says more than which arguments conditions get. That part is not"
                                + " followed: the question stays the one about the tool")
                        : List.of());
    }

    /** Whether it asks about something else than the call of this tool. */
    private static boolean isOwnQuestion(JsonNode evaluation) {
        List<JsonNode> parts = List.of(
                evaluation.path("action").path("name"),
                evaluation.path("resource").path("type"),
                evaluation.path("resource").path("id"));
        return parts.stream().anyMatch(part -> !part.isMissingNode() && !DEFAULTS.contains(part.asText()));
    }

    private static Optional<MappedArgument> argument(String name, JsonNode expression, JsonNode schema) {
        Matcher matcher = ARGUMENT.matcher(expression.isTextual() ? expression.textValue() : "");
        if (!NAME.matcher(name).matches() || !matcher.matches()) {
            return Optional.empty();
        }
        List<String> steps = List.of(STEP.split(matcher.group(1).substring(1).replaceFirst("^\\?", "")));
        return type(schema, steps).map(type -> new MappedArgument(name, "/" + String.join("/", steps), type));
    }

    private static Optional<String> type(JsonNode schema, List<String> steps) {
        JsonNode at = schema;
        for (String step : steps) {
            at = at.path("properties").path(step);
        }
        String type = at.path("type").asText();
        if (type.equals("array")) {
            return at.path("items").path("type").asText().equals("string") ? Optional.of("strings") : Optional.empty();
        }
        boolean isTime = type.equals("string") && at.path("format").asText().equals("date-time");
        return isTime ? Optional.of("timestamp") : Optional.ofNullable(TYPES.get(type));
    }
}
