package io.mcpaccess.core.decision;

import io.mcpaccess.core.decision.Outcome.Unavailable;
import java.util.Set;

/** What nobody can decide until the catalogue has read it. */
final class NotLoaded {

    /** No server is known yet. */
    static final Unavailable SERVERS =
            new Unavailable(ReasonCode.ENGINE_UNAVAILABLE, "The MCP servers of this domain are not loaded yet.");

    /** A server is known, its tools are not. */
    static final Unavailable TOOLS = new Unavailable(
            ReasonCode.ENGINE_UNAVAILABLE, "The tools of an MCP server of this domain are not loaded yet.");

    /** The caller is a server that is not known yet. */
    static final Unavailable CALLER = new Unavailable(
            ReasonCode.ENGINE_UNAVAILABLE, "The MCP server that asks is not loaded yet in this domain.");

    private static final Set<Outcome> ALL = Set.of(SERVERS, TOOLS, CALLER);

    private NotLoaded() {}

    /**
     * Whether an outcome is one of these.
     *
     * @param outcome any outcome
     * @return whether it may be another in a moment
     */
    static boolean is(Outcome outcome) {
        return ALL.contains(outcome);
    }
}
