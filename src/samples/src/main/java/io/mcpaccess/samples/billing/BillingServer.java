package io.mcpaccess.samples.billing;

import io.mcpaccess.guard.Advertised;
import io.mcpaccess.guard.GuardConfiguration;
import io.mcpaccess.guard.McpGuard;
import io.mcpaccess.guard.Rules;
import io.mcpaccess.guard.arguments.ArgumentType;
import io.mcpaccess.guard.arguments.ToolArgument;
import io.mcpaccess.guard.arguments.ToolArguments;
import io.mcpaccess.guard.servlet.McpGuardFilter;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;

/** The billing MCP server (Streamable HTTP at {@code /mcp}), with the guard in front of it. */
public final class BillingServer implements AutoCloseable {
    private static final String PATH = "/mcp";

    private final Server jetty;
    private final McpSyncServer mcp;
    private final String url;

    private BillingServer(Server jetty, McpSyncServer mcp, String url) {
        this.jetty = jetty;
        this.mcp = mcp;
        this.url = url;
    }

    /**
     * Starts a server.
     *
     * @param settings where to listen, and the server's place at AM
     * @param book the invoices
     * @return the running server; close it to stop
     * @throws Exception when the port is taken
     * @throws IllegalArgumentException when a setting cannot be right
     */
    public static BillingServer start(BillingSettings settings, InvoiceBook book) throws Exception {
        Server jetty = new Server();
        ServerConnector connector = new ServerConnector(jetty);
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        connector.open();
        jetty.addConnector(connector);
        String url = "http://" + settings.host() + ":" + connector.getLocalPort() + PATH;

        var transport = HttpServletStreamableServerTransportProvider.builder()
                .mcpEndpoint(PATH)
                .build();
        McpSyncServer mcp = McpServer.sync(transport)
                .serverInfo("billing", "1.0")
                .capabilities(ServerCapabilities.builder().tools(false).build())
                .tools(new BillingTools(book).all())
                .build();

        ServletContextHandler context = new ServletContextHandler("/");
        if (settings.guarded()) {
            guard(context, settings, settings.resource().orElse(url));
        }
        ServletHolder servlet = new ServletHolder(transport);
        servlet.setAsyncSupported(true);
        context.addServlet(servlet, PATH);
        jetty.setHandler(context);
        jetty.start();
        return new BillingServer(jetty, mcp, url);
    }

    /** The author's lines: everything below {@code /} is guarded, the servlet behind it needs no change. */
    private static void guard(ServletContextHandler context, BillingSettings settings, String resource) {
        GuardConfiguration configuration = GuardConfiguration.of(
                        settings.domainUrl(), resource, settings.clientId(), settings.clientSecret())
                .withAdvertised(Advertised.nothing()
                        .withName("Billing")
                        .withScopesSupported(List.of("invoices:read", "invoices:refund", "invoices:void")))
                // Permissions may have a limit: conditions get the amount of a refund.
                .withRules(Rules.usual()
                        .withArguments(ToolArguments.none()
                                .with(
                                        BillingTools.REFUND,
                                        new ToolArgument(
                                                BillingTools.AMOUNT, "/" + BillingTools.AMOUNT, ArgumentType.NUMBER))));
        FilterHolder filter = new FilterHolder(new McpGuardFilter(new McpGuard(configuration)));
        filter.setAsyncSupported(true);
        context.addFilter(filter, "/*", EnumSet.of(DispatcherType.REQUEST));
    }

    /**
     * @return where the server listens, with its path
     */
    public String url() {
        return url;
    }

    /** Waits until the server has stopped. */
    private void join() throws InterruptedException {
        jetty.join();
    }

    @Override
    public void close() {
        mcp.closeGracefully();
        LifeCycle.stop(jetty);
    }

    /**
     * Runs the server until it is told to stop (SIGTERM).
     *
     * @param arguments see {@link BillingSettings#USAGE}
     * @throws Exception when it cannot start
     */
    public static void main(String[] arguments) throws Exception {
        BillingSettings settings;
        try {
            settings = BillingSettings.read(List.of(arguments), System.getenv());
        } catch (IllegalArgumentException wrong) {
            System.err.println("BillingServer: " + wrong.getMessage() + "\n" + BillingSettings.USAGE);
            System.exit(2);
            return;
        }
        BillingServer server = start(settings, InvoiceBook.sample());
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        System.out.println("billing ready " + server.url());
        server.join();
    }
}
