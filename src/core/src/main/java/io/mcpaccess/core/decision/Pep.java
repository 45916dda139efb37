package io.mcpaccess.core.decision;

import java.util.Objects;

/**
 * The policy enforcement point that asks, after it has been authenticated.
 *
 * @param clientId its client id in the domain
 * @param kind what it is registered as
 */
public record Pep(String clientId, Kind kind) {

    public Pep {
        Objects.requireNonNull(clientId, "clientId");
        Objects.requireNonNull(kind, "kind");
    }

    /** What a caller can be. */
    public enum Kind {
        /** An application of the domain. */
        APPLICATION,
        /** An MCP server (protected resource) of the domain, asking about its own tools. */
        MCP_SERVER
    }
}
