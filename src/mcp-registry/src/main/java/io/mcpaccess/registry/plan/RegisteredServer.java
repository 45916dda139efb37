package io.mcpaccess.registry.plan;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An MCP server as AM has it (AM class {@code ProtectedResource}), its tools loaded.
 *
 * @param id AM's id
 * @param clientId the id that it authenticates with
 * @param name its name for people
 * @param description never null, possibly empty
 * @param resourceIdentifiers lower-cased by AM
 * @param tools all of them
 */
public record RegisteredServer(
        String id,
        String clientId,
        String name,
        String description,
        List<String> resourceIdentifiers,
        List<RegisteredTool> tools) {

    /** Turns what AM may leave null into empty values. */
    public RegisteredServer {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(clientId, "clientId");
        name = name == null ? clientId : name;
        description = description == null ? "" : description;
        resourceIdentifiers = resourceIdentifiers == null ? List.of() : List.copyOf(resourceIdentifiers);
        tools = List.copyOf(tools);
    }

    /**
     * One of its tools.
     *
     * @param key the exact key
     * @return the tool, if it has it
     */
    public Optional<RegisteredTool> tool(String key) {
        return tools.stream().filter(tool -> tool.key().equals(key)).findFirst();
    }
}
