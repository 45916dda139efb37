package io.mcpaccess.guard.authzen;

import java.util.List;

/** What AM's AuthZEN endpoint says about one question. */
public sealed interface AccessAnswer {
    /** Token, scopes and permission are in order. */
    record Permitted() implements AccessAnswer {}

    /**
     * The token is not good for this server (any more).
     *
     * @param reason the reason code
     */
    record TokenRefused(String reason) implements AccessAnswer {}

    /**
     * The client can fix it by a step-up.
     *
     * @param requiredScopes every scope that is needed; not empty
     * @param reason the reason code
     */
    record ScopesMissing(List<String> requiredScopes, String reason) implements AccessAnswer {
        /** Takes an immutable copy. */
        public ScopesMissing {
            requiredScopes = List.copyOf(requiredScopes);
        }
    }

    /**
     * No permission, nothing of this name, or any other no.
     *
     * @param reason the reason code
     */
    record NotPermitted(String reason) implements AccessAnswer {}

    /**
     * There is no decision.
     *
     * @param reason for the log; holds no secret
     */
    record Unavailable(String reason) implements AccessAnswer {}
}
