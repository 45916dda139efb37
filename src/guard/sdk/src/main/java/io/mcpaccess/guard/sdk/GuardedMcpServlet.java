package io.mcpaccess.guard.sdk;

import io.mcpaccess.guard.Caller;
import io.mcpaccess.guard.McpGuard;
import io.mcpaccess.guard.servlet.McpGuardFilter;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpTransportContextExtractor;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;

/**
 * A servlet transport of the MCP Java SDK with the guard before it: {@code HttpServletStreamableServerTransportProvider}
 * or {@code HttpServletStatelessServerTransport}. No request reaches the transport unchecked, whatever the container's
 * filters are.
 *
 * <p>Map it to {@code /*}, with async supported, so that it also answers the metadata paths of RFC 9728.
 */
public final class GuardedMcpServlet extends HttpServlet {
    private static final String CALLER = "io.mcpaccess.guard.caller";
    private static final long serialVersionUID = 1L;

    private final transient McpGuardFilter guard;
    private final transient HttpServlet transport;

    /**
     * @param guard decides about the requests
     * @param transport the SDK's transport; this servlet starts and ends it
     */
    public GuardedMcpServlet(McpGuard guard, HttpServlet transport) {
        this.guard = new McpGuardFilter(guard);
        this.transport = Objects.requireNonNull(transport, "transport");
    }

    /**
     * For the transport's {@code contextExtractor}: tells tools who calls.
     *
     * @return puts the caller of an allowed request into its transport context
     */
    public static McpTransportContextExtractor<HttpServletRequest> callers() {
        return request -> request.getAttribute(McpGuardFilter.CALLER) instanceof Caller caller
                ? McpTransportContext.create(Map.of(CALLER, caller))
                : McpTransportContext.EMPTY;
    }

    /**
     * For a tool: who calls it.
     *
     * @param context the exchange's transport context
     * @return the caller that the guard let through
     * @throws IllegalStateException when there is none: the transport lacks {@link #callers()}, or the request came
     *     another way than through the guard
     */
    public static Caller caller(McpTransportContext context) {
        if (context.get(CALLER) instanceof Caller caller) {
            return caller;
        }
        throw new IllegalStateException("The request has no caller. Build the transport with"
                + " contextExtractor(GuardedMcpServlet.callers()) and serve it through a GuardedMcpServlet.");
    }

    @Override
    public void init(ServletConfig config) throws ServletException {
        super.init(config);
        transport.init(config);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        guard.doFilter(request, response, transport::service);
    }

    @Override
    public void destroy() {
        transport.destroy();
    }
}
