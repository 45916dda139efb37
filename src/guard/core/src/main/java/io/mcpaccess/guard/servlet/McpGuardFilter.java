package io.mcpaccess.guard.servlet;

import io.mcpaccess.guard.GuardDecision;
import io.mcpaccess.guard.GuardRequest;
import io.mcpaccess.guard.McpGuard;
import io.mcpaccess.guard.http.HttpAnswer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A guard in front of a servlet, such as the MCP Java SDK's {@code HttpServletStreamableServerTransportProvider}.
 *
 * <p>Map it to {@code /*} of the MCP server's web application, with async supported. It answers the two metadata paths
 * of RFC 9728 itself; every other request that reaches it is checked, whatever its path.
 */
public final class McpGuardFilter extends HttpFilter {
    /** The request attribute that holds the {@link io.mcpaccess.guard.Caller} of an allowed request. */
    public static final String CALLER = "io.mcpaccess.guard.caller";

    private static final long serialVersionUID = 1L;

    private final transient McpGuard guard;
    private final transient Set<String> metadataPaths;
    private final transient HttpAnswer metadata;

    /**
     * @param guard decides about the requests
     */
    public McpGuardFilter(McpGuard guard) {
        var resource = guard.configuration().resource();
        this.guard = guard;
        this.metadataPaths = new HashSet<>(List.of(resource.rootMetadataPath(), resource.metadataPath()));
        this.metadata = new HttpAnswer(
                200,
                Map.of("Content-Type", "application/json", "Access-Control-Allow-Origin", "*"),
                guard.metadata().toJson());
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (metadataPaths.contains(request.getRequestURI())) {
            metadata(request, response);
            return;
        }
        int limit = guard.configuration().limits().bodyBytes();
        byte[] body = request.getInputStream().readNBytes(limit + 1);
        if (body.length > limit) {
            tooLong(request, response, limit);
            return;
        }
        GuardDecision decision = guard.check(
                GuardRequest.of(request.getMethod(), name -> Collections.list(request.getHeaders(name)), body));
        if (decision instanceof GuardDecision.Allowed allowed) {
            request.setAttribute(CALLER, allowed.caller());
            pass(allowed, new BufferedBodyRequest(request, body, allowed.session()), response, chain);
        } else if (decision instanceof GuardDecision.Refused refused) {
            write(response, refused.answer());
        }
    }

    /**
     * What is only somewhat too long is read to its end, so that the client sees the answer before the connection ends;
     * its next request must not come behind a body that nobody reads.
     */
    private void tooLong(HttpServletRequest request, HttpServletResponse response, int limit) throws IOException {
        request.getInputStream().skip(limit);
        if ("HTTP/1.1".equals(request.getProtocol())) {
            response.setHeader("Connection", "close");
        }
        write(response, guard.bodyTooLong().answer());
    }

    private static void pass(
            GuardDecision.Allowed allowed, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (allowed.toolList().isEmpty()) {
            chain.doFilter(request, new GuardedResponse(response, allowed.session()));
            return;
        }
        FilteredResponse filtered = new FilteredResponse(
                response, allowed.session(), allowed.toolList().get());
        chain.doFilter(request, filtered);
        if (!request.isAsyncStarted()) {
            filtered.finish();
        }
    }

    private void metadata(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getMethod().equals("GET") || request.getMethod().equals("HEAD")) {
            write(response, metadata);
        } else {
            write(response, new HttpAnswer(405, Map.of("Allow", "GET, HEAD"), ""));
        }
    }

    private static void write(HttpServletResponse response, HttpAnswer answer) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
