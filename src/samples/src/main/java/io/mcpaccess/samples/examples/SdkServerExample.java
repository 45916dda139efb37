package io.mcpaccess.samples.examples;

import io.mcpaccess.guard.Caller;
import io.mcpaccess.guard.GuardConfiguration;
import io.mcpaccess.guard.McpGuard;
import io.mcpaccess.guard.sdk.GuardedMcpServlet;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;

/** A server of the MCP Java SDK behind the guard, with a tool that knows who calls it. */
public final class SdkServerExample {
    private SdkServerExample() {}

    /**
     * @param context where the server is put
     * @param configuration of the guard
     * @param greet the description of the tool
     */
    public static void serve(ServletContextHandler context, GuardConfiguration configuration, Tool greet) {
        var transport = HttpServletStreamableServerTransportProvider.builder()
                .mcpEndpoint("/mcp")
                .contextExtractor(GuardedMcpServlet.callers())
                .build();
        McpServer.sync(transport)
                .capabilities(ServerCapabilities.builder().tools(false).build())
                .toolCall(greet, SdkServerExample::greet)
                .build();

        ServletHolder servlet = new ServletHolder(new GuardedMcpServlet(new McpGuard(configuration), transport));
        servlet.setAsyncSupported(true);
        context.addServlet(servlet, "/*");
    }

    private static CallToolResult greet(McpSyncServerExchange exchange, CallToolRequest request) {
        Caller caller = GuardedMcpServlet.caller(exchange.transportContext());
        return CallToolResult.builder()
                .addTextContent("Hello " + caller.subject())
                .build();
    }
}
