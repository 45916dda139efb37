package io.mcpaccess.sandbox.data;

import java.util.List;

/**
 * An OAuth client.
 *
 * @param id identifier
 * @param domain domain identifier
 * @param name display name
 * @param clientId client identifier
 * @param secrets secrets, empty for a public client
 * @param redirectUris registered redirect URIs
 * @param grantTypes grant types that it may use
 * @param scopes scopes that it may ask for
 * @param autoApproveScopes scopes that are approved without asking
 * @param choice what the user may choose where the domain asks for each scope
 * @param agent the kind of agent that it is, null for an application that is none (AM 4.12)
 * @param flowsInherited whether the domain's flows run for it
 * @param enabled whether it may be used
 * @param createdAt epoch milliseconds
 * @param updatedAt epoch milliseconds
 */
public record ApplicationRow(
        String id,
        String domain,
        String name,
        String clientId,
        List<SecretRow> secrets,
        List<String> redirectUris,
        List<String> grantTypes,
        List<String> scopes,
        List<String> autoApproveScopes,
        ScopeChoice choice,
        Agent agent,
        boolean flowsInherited,
        boolean enabled,
        long createdAt,
        long updatedAt) {

    /** AM 4.12's kinds of agent applications. */
    public enum Agent {
        /** Acts in the user's own session; a public client. */
        USER_EMBEDDED,
        /** Acts for users, on a server. */
        HOSTED_DELEGATED,
        /** Acts for itself. */
        AUTONOMOUS
    }

    /**
     * AM 4.13's settings of an application for its users' choice of scopes.
     *
     * @param required scopes without which nothing is granted
     * @param optIn whether no other scope is chosen before the user chooses it; AM 4.13 sets it for each application
     *     that its management API makes, and not for a client that registers itself
     */
    public record ScopeChoice(List<String> required, boolean optIn) {
        /** Nothing is required, all is chosen. */
        public static final ScopeChoice FREE = new ScopeChoice(List.of(), false);

        public ScopeChoice {
            required = List.copyOf(required);
        }
    }
}
