package io.mcpaccess.core.decision;

import io.mcpaccess.core.mcp.McpServer;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Port to the MCP servers of the domain. */
@FunctionalInterface
public interface ToolCatalogue {

    /**
     * The MCP servers as they are now; one decision asks once, so that it sees one state.
     *
     * @return all servers of this domain and of no other, unmodifiable; never blocks
     */
    Collection<McpServer> servers();

    /**
     * Waits for what is being read at the moment, such as a server that was just changed.
     *
     * @return ends when it is read, or after a short time in any case, well within the time of a decision; never fails
     */
    default CompletionStage<Void> settled() {
        return CompletableFuture.completedFuture(null);
    }
}
