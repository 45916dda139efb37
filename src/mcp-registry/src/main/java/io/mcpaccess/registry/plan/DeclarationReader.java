package io.mcpaccess.registry.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a declaration {@code {name, description?, resourceIdentifiers, tools:[{key, description?, scopes?}]}}. What breaks
 * the whole declaration is refused here; what is wrong with one tool is left for the plan to say.
 */
public final class DeclarationReader {

    /** The most tools that a server may have. */
    public static final int MAX_TOOLS = 1000;

    private static final int MAX_SCOPES = 50;

    private DeclarationReader() {}

    /**
     * Reads a declaration.
     *
     * @param json the body
     * @return the server
     * @throws InvalidDeclarationException if it is none; the message names the member
     */
    public static DeclaredServer read(ObjectNode json) {
        return new DeclaredServer(
                Optional.of(AmLimits.name(
                        text(json, "name").orElseThrow(() -> new InvalidDeclarationException("name is missing.")))),
                text(json, "description").map(DeclarationReader::bounded).map(String::trim),
                AmLimits.identifiers(texts(json, "resourceIdentifiers")
                        .orElseThrow(() -> new InvalidDeclarationException("resourceIdentifiers is missing."))),
                false,
                tools(json.path("tools")));
    }

    private static String bounded(String description) {
        AmLimits.problemOfDescription(description).ifPresent(problem -> {
            throw new InvalidDeclarationException("description: " + problem + ".");
        });
        return description;
    }

    private static List<DeclaredTool> tools(JsonNode json) {
        if (json.isMissingNode() || json.isNull()) {
            return List.of();
        }
        if (!json.isArray()) {
            throw new InvalidDeclarationException("tools must be a list.");
        }
        if (json.size() > MAX_TOOLS) {
            throw new InvalidDeclarationException(
                    "tools has " + json.size() + " entries; a server may have " + MAX_TOOLS + ".");
        }
        List<DeclaredTool> tools = new ArrayList<>();
        for (JsonNode tool : json) {
            tools.add(tool(tool, "tools[" + tools.size() + "]"));
        }
        return tools;
    }

    private static DeclaredTool tool(JsonNode json, String place) {
        if (!(json instanceof ObjectNode tool)) {
            throw new InvalidDeclarationException(place + " must be an object.");
        }
        try {
            return new DeclaredTool(
                    text(tool, "key").orElseThrow(() -> new InvalidDeclarationException("key is missing.")),
                    text(tool, "description"),
                    texts(tool, "scopes"),
                    hints(tool.path("annotations")));
        } catch (InvalidDeclarationException e) {
            throw new InvalidDeclarationException(place + ": " + e.getMessage());
        }
    }

    /**
     * Reads MCP's annotations of a tool.
     *
     * @param annotations {@code ToolAnnotations}, or nothing
     * @return what they say; what is mistyped says nothing
     */
    public static ToolHints hints(JsonNode annotations) {
        return new ToolHints(
                annotations.path("readOnlyHint").asBoolean(false),
                annotations.path("destructiveHint").asBoolean(false));
    }

    /**
     * A text member.
     *
     * @param json an object
     * @param name the member
     * @return the text; empty if it is absent or null
     * @throws InvalidDeclarationException if it is something else
     */
    public static Optional<String> text(ObjectNode json, String name) {
        JsonNode member = json.path(name);
        if (member.isMissingNode() || member.isNull()) {
            return Optional.empty();
        }
        if (!member.isTextual()) {
            throw new InvalidDeclarationException(name + " must be a text.");
        }
        return Optional.of(member.textValue());
    }

    /**
     * A list of texts.
     *
     * @param json an object
     * @param name the member
     * @return the texts; empty if the member is absent or null
     * @throws InvalidDeclarationException if it is something else
     */
    public static Optional<List<String>> texts(ObjectNode json, String name) {
        JsonNode member = json.path(name);
        if (member.isMissingNode() || member.isNull()) {
            return Optional.empty();
        }
        if (!member.isArray() || member.size() > MAX_SCOPES) {
            throw new InvalidDeclarationException(name + " must be a list of at most " + MAX_SCOPES + " texts.");
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode each : member) {
            if (!each.isTextual()) {
                throw new InvalidDeclarationException(name + " must be a list of texts.");
            }
            texts.add(each.textValue());
        }
        return Optional.of(texts);
    }
}
