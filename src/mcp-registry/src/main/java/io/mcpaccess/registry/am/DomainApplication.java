package io.mcpaccess.registry.am;

import java.util.Set;

/**
 * An application of a domain.
 *
 * @param clientId what it authenticates with
 * @param name its name for people
 * @param scopes the scopes in its own settings; others it gets by naming a server in {@code resource}
 */
public record DomainApplication(String clientId, String name, Set<String> scopes) {

    /** Takes a copy of the scopes. */
    public DomainApplication {
        scopes = Set.copyOf(scopes);
    }
}
