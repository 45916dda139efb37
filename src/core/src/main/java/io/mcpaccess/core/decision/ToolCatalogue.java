package io.mcpaccess.core.decision;

import io.mcpaccess.core.mcp.McpServer;
import java.util.Collection;

/** Port to the MCP servers of the domain. */
@FunctionalInterface
public interface ToolCatalogue {

    /**
     * The MCP servers as they are now; one decision asks once, so that it sees one state.
     *
     * @return all servers of this domain and of no other, unmodifiable; never blocks
     */
    Collection<McpServer> servers();
}
