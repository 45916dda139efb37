package orders;

import io.mcpaccess.guard.GuardConfiguration;
import io.mcpaccess.guard.McpGuard;
import io.mcpaccess.guard.Rules;
import io.mcpaccess.guard.arguments.ArgumentType;
import io.mcpaccess.guard.arguments.ToolArgument;
import io.mcpaccess.guard.arguments.ToolArguments;
import io.mcpaccess.guard.sdk.GuardedMcpServlet;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;

/** An MCP server with the guard in it: its tools know nothing of tokens, and one asks who calls. */
public final class OrdersServer {
    private static final Map<String, Double> ORDERS = Map.of("A-1", 120.0, "A-2", 9000.0);

    private OrdersServer() {}

    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "9200"));
        String url = "http://127.0.0.1:" + port + "/mcp";
        GuardConfiguration guard = GuardConfiguration.of(
                        System.getenv("AM_DOMAIN"), url, "orders-mcp", System.getenv("ORDERS_SECRET"))
                .withRules(Rules.usual()
                        .withArguments(ToolArguments.none()
                                .with("refund_order", new ToolArgument("amount", "/amount", ArgumentType.NUMBER))));

        var transport = HttpServletStreamableServerTransportProvider.builder()
                .mcpEndpoint("/mcp")
                .contextExtractor(GuardedMcpServlet.callers())
                .build();
        McpServer.sync(transport)
                .serverInfo("orders", "1.0.0")
                .toolCall(tool("list_orders", "List all orders with what was paid.", Map.of()), OrdersServer::list)
                .toolCall(
                        tool(
                                "refund_order",
                                "Give back a part of what was paid for an order.",
                                Map.of("number", Map.of("type", "string"), "amount", Map.of("type", "number"))),
                        OrdersServer::refund)
                .build();

        ServletHolder servlet = new ServletHolder(new GuardedMcpServlet(new McpGuard(guard), transport));
        servlet.setAsyncSupported(true);
        ServletContextHandler context = new ServletContextHandler("/");
        context.addServlet(servlet, "/*");
        Server jetty = new Server(new InetSocketAddress("127.0.0.1", port));
        jetty.setHandler(context);
        jetty.start();
        System.out.println("orders ready " + url);
    }

    private static CallToolResult list(McpSyncServerExchange exchange, CallToolRequest request) {
        return text(ORDERS.toString(), false);
    }

    private static CallToolResult refund(McpSyncServerExchange exchange, CallToolRequest request) {
        String number = String.valueOf(request.arguments().get("number"));
        double amount = request.arguments().get("amount") instanceof Number euros ? euros.doubleValue() : 0;
        if (!(amount > 0 && amount <= ORDERS.getOrDefault(number, 0.0))) {
            return text("There is no such order, or it was about less.", true);
        }
        String caller = GuardedMcpServlet.caller(exchange.transportContext()).subject();
        return text(amount + " EUR of " + number + " given back by " + caller, false);
    }

    private static Tool tool(String name, String description, Map<String, Object> properties) {
        Map<String, Object> schema =
                Map.of("type", "object", "properties", properties, "required", List.copyOf(properties.keySet()));
        return Tool.builder(name, schema).description(description).build();
    }

    private static CallToolResult text(String text, boolean isError) {
        return CallToolResult.builder().addTextContent(text).isError(isError).build();
    }
}
