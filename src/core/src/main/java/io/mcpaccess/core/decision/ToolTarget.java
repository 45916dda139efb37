package io.mcpaccess.core.decision;

import io.mcpaccess.core.mcp.McpServer;
import io.mcpaccess.core.mcp.McpTool;

/** What a question about a tool is about, once the MCP server is known. */
sealed interface ToolTarget {

    /**
     * A registered tool of one MCP server.
     *
     * @param server the server
     * @param tool its tool
     */
    record Registered(McpServer server, McpTool tool) implements ToolTarget {}

    /** No question about a registered tool: the engine alone decides. */
    record EngineAlone() implements ToolTarget {}

    /**
     * Decided already.
     *
     * @param outcome the refusal or unavailability
     */
    record Decided(Outcome outcome) implements ToolTarget {}
}
