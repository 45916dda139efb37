package io.mcpaccess.guard;

import java.util.List;

/** The revisions of MCP that the guard can judge. One that it does not know may have other ways to call a tool. */
final class ProtocolVersions {
    /** Every request stands alone: no handshake, no session, and headers that repeat the body. */
    static final String STATELESS = "2026-07-28";

    /** Newest first, as a client is told them. */
    static final List<String> KNOWN = List.of(STATELESS, "2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05");

    private ProtocolVersions() {}

    static boolean isStateless(String version) {
        return version.equals(STATELESS);
    }
}
