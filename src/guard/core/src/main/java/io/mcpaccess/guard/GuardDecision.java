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
     * The MCP server may run the request.
     *
     * @param caller who it comes from
     * @param toolList when present, the server's answer may hold a list of tools and goes through it first
     * @param session which session id the server and the client get to see
     */
    record Allowed(Caller caller, Optional<ToolListFilter> toolList, McpSession session) implements GuardDecision {
        Allowed(Caller caller) {
            this(caller, Optional.empty(), McpSession.none());
        }

        Allowed(Caller caller, ToolListFilter toolList) {
            this(caller, Optional.of(toolList), McpSession.none());
        }

        Allowed in(McpSession itsSession) {
            return new Allowed(caller, toolList, itsSession);
        }
    }

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
        /** The method is open to nobody, or not to this caller: a JSON-RPC error. */
        METHOD_REFUSED,
        /** Not one well-formed message: 4xx with a JSON-RPC error. */
        MALFORMED,
        /** No decision could be had: 503 with a JSON-RPC error. */
        UNAVAILABLE
    }
}
