package io.mcpaccess.guard.authzen;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;

/**
 * What one question is about. Prints no id and no context.
 *
 * @param action the AuthZEN action
 * @param type of the resource: {@code tool}, {@code resource}, {@code prompt} or {@code task}
 * @param id of the resource
 * @param context what conditions may look at; empty for nothing. Not copied: do not change it
 */
public record AccessItem(String action, String type, String id, ObjectNode context) {
    private static final String TOOL = "tool";

    /** Refuses nulls. */
    public AccessItem {
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(context, "context");
    }

    /**
     * @param action the AuthZEN action of a tool call
     * @param name the tool's name
     * @param arguments of the call that conditions may look at
     * @return a question about a call of this tool
     */
    public static AccessItem toolCall(String action, String name, ObjectNode arguments) {
        return new AccessItem(action, TOOL, name, arguments);
    }

    /**
     * @param action the AuthZEN action of a tool call
     * @param name the tool's name
     * @return a question about a tool that is listed, not called
     */
    public static AccessItem tool(String action, String name) {
        return toolCall(action, name, JsonNodeFactory.instance.objectNode());
    }

    /**
     * @param method an MCP method
     * @param type of what it is about
     * @param id of what it is about
     * @return a question in the shape of COAZ
     */
    public static AccessItem ofMethod(String method, String type, String id) {
        return new AccessItem(method, type, id, JsonNodeFactory.instance.objectNode());
    }

    /** AM knows tools by their scopes; about all else it answers in the shape of COAZ alone. */
    boolean isTool() {
        return type.equals(TOOL);
    }

    ObjectNode resource() {
        return JsonNodeFactory.instance.objectNode().put("type", type).put("id", id);
    }

    @Override
    public String toString() {
        return "AccessItem[" + action + ", " + type + "]";
    }
}
