package io.mcpaccess.registry.plan;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An MCP server as somebody wants it registered. Name and identifiers have passed {@link AmLimits}; tools have not.
 *
 * @param name its name for people; empty leaves a registered name alone
 * @param description empty leaves a registered description alone
 * @param resourceIdentifiers lower-cased; they name the server
 * @param keepsIdentifiers whether a registered server keeps the identifiers that it has; else these replace them
 * @param tools in the order given, possibly with mistakes, which the plan reports one by one
 */
public record DeclaredServer(
        Optional<String> name,
        Optional<String> description,
        List<String> resourceIdentifiers,
        boolean keepsIdentifiers,
        List<DeclaredTool> tools) {

    /** Takes copies of the lists. */
    public DeclaredServer {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(description, "description");
        resourceIdentifiers = List.copyOf(resourceIdentifiers);
        tools = List.copyOf(tools);
    }
}
