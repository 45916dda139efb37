package io.mcpaccess.support;

import io.gravitee.am.model.ProtectedResource;
import io.gravitee.am.model.ProtectedResourceFeature;
import io.mcpaccess.core.mcp.McpServer;
import io.mcpaccess.core.mcp.McpServer.Tools;
import io.mcpaccess.core.mcp.McpTool;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads AM's protected resources. What AM has not loaded is told apart from what is not there, here and nowhere else.
 */
public final class McpServerReader {

    private McpServerReader() {}

    /**
     * Reads one MCP server.
     *
     * @param resource the protected resource
     * @return the server; its tools are not loaded where AM gave none at all, or one without its scopes
     */
    public static McpServer read(ProtectedResource resource) {
        return server(resource, tools(resource));
    }

    /**
     * Reads one MCP server without its tools, whatever AM says about them.
     *
     * @param resource the protected resource
     * @return the server, its tools not loaded
     */
    public static McpServer readWithoutTools(ProtectedResource resource) {
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

    private static Tools tools(ProtectedResource resource) {
        return features(resource)
                .<Tools>map(loaded -> Tools.Loaded.of(
                        loaded.stream().map(McpServerReader::tool).toList()))
                .orElseGet(Tools.NotLoaded::new);
    }

    /**
     * The tools of a server in AM's type.
     *
     * @param resource the protected resource
     * @return the tools in AM's order, or nothing where they are not loaded: on JDBC AM gives {@code null} until it has read the
     *     features, and a feature without scopes of its own is no tool
     */
    public static Optional<List<io.gravitee.am.model.McpTool>> features(ProtectedResource resource) {
        Collection<? extends ProtectedResourceFeature> features = resource.getFeatures();
        return features == null || !features.stream().allMatch(io.gravitee.am.model.McpTool.class::isInstance)
                ? Optional.empty()
                : Optional.of(features.stream()
                        .map(io.gravitee.am.model.McpTool.class::cast)
                        .toList());
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
