package io.mcpaccess.authzen.catalogue;

import io.gravitee.am.model.ProtectedResource;
import io.mcpaccess.core.mcp.McpServer;
import io.mcpaccess.core.mcp.McpServer.Tools;

/**
 * What is known of one server. A generation is never used twice, so a reading that began before an event cannot take the place
 * of what the event asked for.
 *
 * @param generation its number
 * @param resource the resource with its tools, or {@code null} where it must still be read
 * @param server the same as rules see it, or {@code null} where nothing is known but the id
 * @param sinceMillis since when it must be read, or was
 */
record ServerEntry(long generation, ProtectedResource resource, McpServer server, long sinceMillis) {

    /**
     * A server that must be read, and of which nothing may be gone by.
     *
     * @param generation the entry's number
     * @param known the server as it was known, or {@code null}
     * @param nowMillis the time
     * @return the entry
     */
    static ServerEntry missing(long generation, McpServer known, long nowMillis) {
        return new ServerEntry(generation, null, known == null ? null : with(known, new Tools.NotLoaded()), nowMillis);
    }

    /**
     * The same server after a change that was not read yet: what it had counts for other servers alone.
     *
     * @param next the new entry's number
     * @param nowMillis the time
     * @return the entry, as old as the first change that was not read
     */
    ServerEntry changing(long next, long nowMillis) {
        if (server == null || !server.isKnown()) {
            return missing(next, server, nowMillis);
        }
        Tools tools = server.tools() instanceof Tools.Loaded loaded ? new Tools.Changing(loaded) : server.tools();
        return new ServerEntry(next, null, with(server, tools), isMissing() ? sinceMillis : nowMillis);
    }

    /** Whether it must be read. */
    boolean isMissing() {
        return resource == null;
    }

    private static McpServer with(McpServer server, Tools tools) {
        return new McpServer(server.clientId(), server.name(), server.resourceIdentifiers(), tools);
    }
}
