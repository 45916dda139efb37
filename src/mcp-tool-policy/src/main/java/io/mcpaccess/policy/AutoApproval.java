package io.mcpaccess.policy;

import io.gravitee.am.model.oidc.Client;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/**
 * The scopes for which an application asks nobody (AM's setting "auto approve scopes").
 *
 * @param patterns regular expressions, or {@code true} for all scopes
 */
record AutoApproval(List<String> patterns) {

    /** Copies what it is given; nothing means none. */
    AutoApproval {
        patterns = patterns == null ? List.of() : List.copyOf(patterns);
    }

    /**
     * What is set for an application.
     *
     * @param client the application
     */
    AutoApproval(Client client) {
        this(client.getAutoApproveScopes());
    }

    /**
     * Whether AM approves a scope by itself.
     *
     * @param scope the scope
     * @return whether a pattern matches the whole scope
     */
    boolean covers(String scope) {
        return patterns.stream().anyMatch(pattern -> pattern.equals("true") || matches(scope, pattern));
    }

    private static boolean matches(String scope, String pattern) {
        try {
            return scope.matches(pattern);
        } catch (PatternSyntaxException e) {
            return false;
        }
    }
}
