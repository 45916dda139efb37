package io.mcpaccess.guard;

import java.util.Optional;

/**
 * The session of one allowed request. The client holds another id than the server: the server's with a seal that is
 * good for one user alone. Whoever stands between the two hands the server {@link #serverId()} and the client {@link
 * #forClient}.
 */
public final class McpSession {
    private final SessionSeal seal;
    private final String owner;
    private final Optional<String> serverId;

    McpSession(SessionSeal seal, String owner, Optional<String> serverId) {
        this.seal = seal;
        this.owner = owner;
        this.serverId = serverId;
    }

    /** A request of a protocol version without sessions: an id that comes with it is not looked at (MCP 2026-07-28). */
    static McpSession none() {
        return new McpSession(null, "", Optional.empty());
    }

    /**
     * @return what the server must see as {@code Mcp-Session-Id}; empty for none, whatever the client sent
     */
    public Optional<String> serverId() {
        return serverId;
    }

    /**
     * @param id the {@code Mcp-Session-Id} that the server answers with
     * @return what the client gets in its place; empty for none
     */
    public Optional<String> forClient(String id) {
        return seal == null ? Optional.empty() : Optional.of(seal.sealed(owner, id));
    }

    /**
     * @param id of an event that the server sends; clients resume a stream by it
     * @return what the client gets in its place; empty for none
     */
    public Optional<String> eventForClient(String id) {
        return seal == null ? Optional.empty() : Optional.of(seal.sealedEvent(owner, id));
    }

    /** Empty when the event was not sent to this user. */
    Optional<String> eventOfClient(String sealed) {
        return seal == null ? Optional.empty() : seal.openedEvent(owner, sealed);
    }

    @Override
    public String toString() {
        return "McpSession[" + (serverId.isPresent() ? "open" : "none") + "]";
    }
}
