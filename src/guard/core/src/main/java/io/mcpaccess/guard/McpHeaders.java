package io.mcpaccess.guard;

import java.util.List;
import java.util.Optional;

/**
 * The headers of an HTTP request that MCP defines (MCP 2025-11-25 and 2026-07-28, Streamable HTTP). A header sent
 * several times has a value that no body and no session has.
 *
 * @param protocolVersion {@code MCP-Protocol-Version}
 * @param method {@code Mcp-Method}
 * @param name {@code Mcp-Name}
 * @param sessionId {@code Mcp-Session-Id}; never printed
 * @param lastEventId {@code Last-Event-ID}; never printed
 */
public record McpHeaders(
        Optional<String> protocolVersion,
        Optional<String> method,
        Optional<String> name,
        Optional<String> sessionId,
        Optional<String> lastEventId) {
    /** The name of the session's header (MCP 2025-11-25, session management). */
    public static final String SESSION_ID = "Mcp-Session-Id";

    static final String PROTOCOL_VERSION = "mcp-protocol-version";
    static final String METHOD = "mcp-method";
    static final String NAME = "mcp-name";
    static final String LAST_EVENT_ID = "last-event-id";

    /**
     * The headers of a request that resumes no stream.
     *
     * @param protocolVersion {@code MCP-Protocol-Version}
     * @param method {@code Mcp-Method}
     * @param name {@code Mcp-Name}
     * @param sessionId {@code Mcp-Session-Id}
     */
    public McpHeaders(
            Optional<String> protocolVersion,
            Optional<String> method,
            Optional<String> name,
            Optional<String> sessionId) {
        this(protocolVersion, method, name, sessionId, Optional.empty());
    }

    static McpHeaders read(RequestHeaders headers) {
        return new McpHeaders(
                one(headers.all(PROTOCOL_VERSION)),
                one(headers.all(METHOD)),
                one(headers.all(NAME)),
                one(headers.all(SESSION_ID)),
                one(headers.all(LAST_EVENT_ID)));
    }

    /**
     * @return a request without any of them
     */
    public static McpHeaders none() {
        return new McpHeaders(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Whether the request says of itself that it stands alone: no handshake, no session (MCP 2026-07-28, versioning). */
    boolean isStateless() {
        return protocolVersion.filter(ProtocolVersions::isStateless).isPresent();
    }

    private static Optional<String> one(List<String> values) {
        return values.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", values));
    }

    @Override
    public String toString() {
        return "McpHeaders[protocolVersion=" + protocolVersion + ", method=" + method + "]";
    }
}
