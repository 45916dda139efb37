package io.mcpaccess.guard;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The headers of an HTTP request that MCP defines (MCP 2025-11-25 and 2026-07-28, Streamable HTTP). A header sent
 * several times has a value that no body and no session has.
 *
 * @param protocolVersion {@code MCP-Protocol-Version}
 * @param method {@code Mcp-Method}
 * @param name {@code Mcp-Name}
 * @param sessionId {@code Mcp-Session-Id}; never printed
 */
public record McpHeaders(
        Optional<String> protocolVersion, Optional<String> method, Optional<String> name, Optional<String> sessionId) {
    /** The name of the session's header (MCP 2025-11-25, session management). */
    public static final String SESSION_ID = "Mcp-Session-Id";

    /**
     * @param values every value of a header, by its name in any case; empty for none
     * @return the request's headers
     */
    public static McpHeaders read(Function<String, List<String>> values) {
        return new McpHeaders(
                one(values.apply("MCP-Protocol-Version")),
                one(values.apply("Mcp-Method")),
                one(values.apply("Mcp-Name")),
                one(values.apply(SESSION_ID)));
    }

    /**
     * @return a request without any of them
     */
    public static McpHeaders none() {
        return read(name -> List.of());
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
