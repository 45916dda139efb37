package io.mcpaccess.authzen.catalogue;

import io.gravitee.am.model.ProtectedResource;
import io.gravitee.am.model.ProtectedResourceFeature;
import io.mcpaccess.core.mcp.McpServer;
import io.mcpaccess.core.mcp.McpServer.Tools;
import io.mcpaccess.core.mcp.McpTool;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads AM's protected resources. */
final class McpServerReader {

    private McpServerReader() {}

    /**
     * Reads one MCP server.
     *
     * @param resource the protected resource
     * @return the server; its tools are not loaded where AM gave none at all, or one without its scopes
     */
    static McpServer read(ProtectedResource resource) {
        return server(resource, tools(resource));
    }

    /**
     * Reads one MCP server without its tools, whatever AM says about them.
     *
     * @param resource the protected resource
     * @return the server, its tools not loaded
     */
    static McpServer readWithoutTools(ProtectedResource resource) {
        return server(resource, new Tools.NotLoaded());
    }

    private static McpServer server(ProtectedResource resource, Tools tools) {
        List<String> identifiers = resource.getResourceIdentifiers();
        return new McpServer(
                resource.getClientId(),
                resource.getName(),
                identifiers == null ? Set.of() : new HashSet<>(identifiers),
                tools);
    }

    /** On JDBC {@code null} means that AM did not read the features. */
    private static Tools tools(ProtectedResource resource) {
        if (resource.getFeatures() == null) {
            return new Tools.NotLoaded();
        }
        List<McpTool> tools = new ArrayList<>();
        for (ProtectedResourceFeature feature : resource.getFeatures()) {
            if (!(feature instanceof io.gravitee.am.model.McpTool tool)) {
                return new Tools.NotLoaded();
            }
            tools.add(tool(tool));
        }
        return Tools.Loaded.of(tools);
    }

    private static McpTool tool(io.gravitee.am.model.McpTool tool) {
        Date createdAt = tool.getCreatedAt();
        return new McpTool(
                tool.getKey(),
                tool.getDescription(),
                tool.getScopes() == null ? Set.of() : new LinkedHashSet<>(tool.getScopes()),
                createdAt == null ? null : createdAt.toInstant());
    }
}
