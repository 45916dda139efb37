package io.mcpaccess.guard;

import io.mcpaccess.guard.http.HttpAnswer;
import java.util.Optional;

/** What the guard decided about one request. */
public sealed interface GuardDecision {
    /**
     * @return whether the MCP server may run the request
     */
    default boolean isAllowed() {
        return this instanceof Allowed;
    }

    /**
     * The MCP server may run the request, as {@code forServer} has it.
     *
     * @param caller who it comes from
     * @param list when present, the server's answer may hold a list and goes through it first
     * @param session which session id the server and the client get to see
     * @param forServer what the server must be handed in place of the client's body and headers
     */
    record Allowed(Caller caller, Optional<ListFilter> list, McpSession session, ServerRequest forServer)
            implements GuardDecision {}

    /**
     * The MCP server must not see the request; the client gets {@code answer}.
     *
     * @param kind what stands in the way
     * @param reason a reason code or a short text for a log; holds no secret
     * @param answer what the client gets
     */
    record Refused(Kind kind, String reason, HttpAnswer answer) implements GuardDecision {}

    /** What stands in the way of a request. */
    enum Kind {
        /** No token: 401 with a challenge that leads to the metadata. */
        NO_TOKEN,
        /** A token that is expired, revoked or for another server: 401 {@code invalid_token}. */
        TOKEN_REFUSED,
        /** The token lacks scopes of the tool: 403 {@code insufficient_scope}. */
        SCOPE_MISSING,
        /** The user may not call the tool, or there is none: a tool result with {@code isError}. */
        TOOL_REFUSED,
        /** The session does not exist or is another user's: 404, upon which clients open a new one. */
        SESSION_REFUSED,
        /** The method, or what it is about, is open to nobody or not to this caller: a JSON-RPC error. */
        METHOD_REFUSED,
        /** Not one well-formed message: 4xx with a JSON-RPC error. */
        MALFORMED,
        /** The caller has too many requests under way: 429. */
        TOO_MANY,
        /** No decision could be had: 503 with a JSON-RPC error. */
        UNAVAILABLE
    }
}
