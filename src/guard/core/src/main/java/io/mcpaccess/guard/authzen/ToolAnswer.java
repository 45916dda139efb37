package io.mcpaccess.guard.authzen;

import java.util.List;

/** What AM's AuthZEN endpoint says about one tool call. */
public sealed interface ToolAnswer {
    /** Token, scopes and permission are in order. */
    record Permitted() implements ToolAnswer {}

    /**
     * The token is not good for this server (any more).
     *
     * @param reason the reason code
     */
    record TokenRefused(String reason) implements ToolAnswer {}

    /**
     * The client can fix it by a step-up.
     *
     * @param requiredScopes every scope of the tool; not empty
     * @param reason the reason code
     */
    record ScopesMissing(List<String> requiredScopes, String reason) implements ToolAnswer {
        /** Takes an immutable copy. */
        public ScopesMissing {
            requiredScopes = List.copyOf(requiredScopes);
        }
    }

    /**
     * No permission, no such tool, or any other no.
     *
     * @param reason the reason code
     */
    record NotPermitted(String reason) implements ToolAnswer {}

    /**
     * There is no decision.
     *
     * @param reason for the log; holds no secret
     */
    record Unavailable(String reason) implements ToolAnswer {}
}
