package io.mcpaccess.guard.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.mcpaccess.guard.GuardConfiguration;
import io.mcpaccess.guard.McpGuard;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.transport.HttpServletStatelessServerTransport;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.http.HttpServlet;
import org.junit.jupiter.api.Test;

/** What servers use of the SDK together with the adapter. Compiled against one line of the SDK, run on each. */
class SdkLinesTest {
    private static final Tool WHO = Tool.builder().name("who").build();

    @Test
    void runsOnTheSdkThatIsMeant() {
        assertThat(McpServer.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .endsWith("mcp-core-" + System.getProperty("expected.sdk") + ".jar");
    }

    @Test
    void standsBeforeTheTransportWithStreams() throws Exception {
        var transport = HttpServletStreamableServerTransportProvider.builder()
                .mcpEndpoint("/mcp")
                .contextExtractor(GuardedMcpServlet.callers())
                .build();
        var server = McpServer.sync(transport)
                .serverInfo("orders", "1")
                .toolCall(
                        WHO,
                        (exchange, call) -> said(GuardedMcpServlet.caller(exchange.transportContext())
                                .subject()))
                .build();
        startsAndEnds(transport);
        server.close();
    }

    @Test
    void standsBeforeTheTransportWithoutSessions() throws Exception {
        var transport = HttpServletStatelessServerTransport.builder()
                .messageEndpoint("/mcp")
                .contextExtractor(GuardedMcpServlet.callers())
                .build();
        var server = McpServer.sync(transport)
                .serverInfo("orders", "1")
                .toolCall(
                        WHO,
                        (context, call) ->
                                said(GuardedMcpServlet.caller(context).subject()))
                .build();
        startsAndEnds(transport);
        server.close();
    }

    private static CallToolResult said(String text) {
        return CallToolResult.builder().addTextContent(text).build();
    }

    private static void startsAndEnds(HttpServlet transport) throws Exception {
        McpGuard guard =
                new McpGuard(GuardConfiguration.of("http://127.0.0.1:1/demo", "https://b.example/mcp", "id", "s"));
        GuardedMcpServlet servlet = new GuardedMcpServlet(guard, transport);
        ServletConfig config = mock(ServletConfig.class);
        servlet.init(config);
        assertThat(transport.getServletConfig()).isSameAs(config);
        servlet.destroy();
    }
}
