package io.mcpaccess.guard.proxy.upstream;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The headers that go through the proxy. Only what is named here does: so the client's token, cookies and hop-by-hop
 * headers (RFC 9110, section 7.6.1) never reach the server, whatever they are called in a {@code Connection} header.
 */
final class PassedHeaders {
    /** Letters, digits and hyphens alone: a server on CGI takes {@code Mcp-Session_Id} for {@code Mcp-Session-Id}. */
    private static final Pattern MCP = Pattern.compile("mcp-[a-z0-9-]+");

    private static final Set<String> TO_SERVER = Set.of(
            "accept",
            "content-type",
            "accept-language",
            "user-agent",
            "origin",
            "last-event-id",
            "traceparent",
            "tracestate");
    private static final Set<String> TO_CLIENT =
            Set.of("cache-control", "allow", "retry-after", "vary", "access-control-allow-origin");

    private PassedHeaders() {}

    /** Every {@code Mcp-*} header goes through, known or not (MCP 2026-07-28, custom headers from tool parameters). */
    static boolean isForServer(String header) {
        String name = header.toLowerCase(Locale.ROOT);
        return TO_SERVER.contains(name) || MCP.matcher(name).matches();
    }

    static boolean isForClient(String header) {
        String name = header.toLowerCase(Locale.ROOT);
        return TO_CLIENT.contains(name) || MCP.matcher(name).matches();
    }
}
