package io.mcpaccess.policy.consent;

import io.gravitee.am.model.oidc.Client;
import io.mcpaccess.policy.am.StepRun;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/**
 * The scopes for which an application asks nobody (AM's setting "auto approve scopes").
 *
 * @param patterns regular expressions, or {@code true} for all scopes
 */
public record AutoApproval(List<String> patterns) {

    /** Copies what it is given; nothing means none. */
    public AutoApproval {
        patterns = patterns == null ? List.of() : List.copyOf(patterns);
    }

    /**
     * What is set for the application of a request.
     *
     * @param run the request
     * @return its patterns, none where AM names no application
     */
    public static AutoApproval of(StepRun run) {
        return new AutoApproval(run.client().map(Client::getAutoApproveScopes).orElse(List.of()));
    }

    /**
     * Whether AM approves a scope by itself.
     *
     * @param scope the scope
     * @return whether a pattern matches the whole scope
     */
    public boolean covers(String scope) {
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
