package io.mcpaccess.guard.servlet;

import io.mcpaccess.guard.Admission;
import io.mcpaccess.guard.GuardDecision;
import io.mcpaccess.guard.GuardDecision.Refused;
import io.mcpaccess.guard.McpGuard;
import io.mcpaccess.guard.http.HttpAnswer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        String address = request.getRemoteAddr() == null ? "" : request.getRemoteAddr();
        Admission admission = guard.admit(ServletHead.of(request), address);
        try {
            decide(admission, request, response, chain);
        } finally {
            EndOfRequest.closes(request, admission);
        }
    }

    /** The body is read when its sender may be here, and not before: who may not must not keep a thread waiting. */
    private void decide(
            Admission admission, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (admission.refusal().isPresent()) {
            Refused refused = admission.refusal().get();
            if (refused.kind() == GuardDecision.Kind.MALFORMED) {
                endConnection(request, response);
            }
            write(response, refused.answer());
            return;
        }
        TimedBody body = new TimedBody(guard);
        Optional<Refused> unread = body.read(request);
        if (unread.isPresent()) {
            endConnection(request, response);
            write(response, unread.get().answer());
            return;
        }
        GuardDecision decision = admission.decide(body.bytes()).join();
        if (decision instanceof GuardDecision.Allowed allowed) {
            request.setAttribute(CALLER, allowed.caller());
            pass(allowed, new BufferedBodyRequest(request, allowed.forServer()), response, chain);
        } else if (decision instanceof Refused refused) {
            write(response, refused.answer());
        }
    }

    /** The client's next request must not come behind a body that nobody reads. */
    private static void endConnection(HttpServletRequest request, HttpServletResponse response) {
        if ("HTTP/1.1".equals(request.getProtocol())) {
            response.setHeader("Connection", "close");
        }
    }

    private static void pass(
            GuardDecision.Allowed allowed, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        GuardedResponse guarded = new GuardedResponse(response, allowed.session(), allowed.list());
        chain.doFilter(request, guarded);
        if (!request.isAsyncStarted()) {
            guarded.finish();
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
