package io.mcpaccess.authzen.catalogue;

import io.mcpaccess.core.mcp.McpServer;
import io.mcpaccess.core.mcp.McpServer.Tools.Loaded;
import io.mcpaccess.core.mcp.McpTool;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Since when tools stand behind their scopes. AM keeps a tool's time of creation when the tool is put behind another scope, yet
 * a token that already carried that scope was never approved for the tool. What is seen here, from one reading of a server to
 * the next, makes such a tool as young as the change. A node that starts anew has seen nothing.
 */
final class GainedScopes {

    private final Map<String, Map<String, Seen>> servers = new ConcurrentHashMap<>();

    private record Seen(Set<String> scopes, Instant since) {}

    /**
     * Takes a new reading of a server.
     *
     * @param id the protected resource
     * @param read the server as it was read
     * @param at when AM says that the server was last changed
     * @return the same, with the tools that gained a scope as young as the change
     */
    McpServer seen(String id, McpServer read, Instant at) {
        if (!(read.tools() instanceof Loaded loaded)) {
            return read;
        }
        Collection<McpTool> tools = loaded.byKey().values();
        Map<String, Seen> known = servers.merge(id, firstSeen(tools), (before, first) -> later(before, tools, at));
        return new McpServer(
                read.clientId(),
                read.name(),
                read.resourceIdentifiers(),
                Loaded.of(tools.stream()
                        .map(tool -> aged(tool, known.get(tool.key()).since()))
                        .toList()));
    }

    /**
     * Forgets a server that was deleted.
     *
     * @param id the protected resource
     */
    void forget(String id) {
        servers.remove(id);
    }

    private static Map<String, Seen> firstSeen(Collection<McpTool> tools) {
        return tools.stream().collect(Collectors.toMap(McpTool::key, tool -> new Seen(tool.scopes(), Instant.MIN)));
    }

    private static Map<String, Seen> later(Map<String, Seen> before, Collection<McpTool> tools, Instant at) {
        return tools.stream().collect(Collectors.toMap(McpTool::key, tool -> {
            Seen old = before.getOrDefault(tool.key(), new Seen(tool.scopes(), Instant.MIN));
            boolean gained = !old.scopes().containsAll(tool.scopes());
            return new Seen(tool.scopes(), gained ? at : old.since());
        }));
    }

    private static McpTool aged(McpTool tool, Instant since) {
        boolean younger = !since.equals(Instant.MIN) && (tool.createdAt() == null || since.isAfter(tool.createdAt()));
        return younger ? new McpTool(tool.key(), tool.description(), tool.scopes(), since) : tool;
    }
}
