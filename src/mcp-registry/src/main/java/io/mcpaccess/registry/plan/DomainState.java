package io.mcpaccess.registry.plan;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a domain has before anything is changed.
 *
 * @param servers its MCP servers
 * @param scopesOfApplications the scopes that applications have in their own settings
 */
public record DomainState(List<RegisteredServer> servers, Set<String> scopesOfApplications) {

    /** Takes copies. */
    public DomainState {
        servers = List.copyOf(servers);
        scopesOfApplications = Set.copyOf(scopesOfApplications);
    }

    /**
     * The registered server that a declaration is about.
     *
     * @param identifiers the declaration's resource identifiers, lower-cased
     * @return the server that has one of them; empty if none has
     * @throws InvalidDeclarationException if they belong to several servers
     */
    public Optional<RegisteredServer> serverOf(List<String> identifiers) {
        List<RegisteredServer> found = servers.stream()
                .filter(server -> server.resourceIdentifiers().stream().anyMatch(identifiers::contains))
                .toList();
        if (found.size() > 1) {
            throw new InvalidDeclarationException("The resource identifiers belong to different MCP servers: "
                    + found.stream().map(RegisteredServer::name).toList()
                    + ". Declare each server by itself.");
        }
        return found.stream().findFirst();
    }

    /**
     * The scopes that an application may hold already: its settings name them, or a registered tool has them, which any
     * application may ask for once it names the server in {@code resource}.
     *
     * @return the scopes' keys
     */
    public Set<String> heldScopes() {
        Set<String> held = new HashSet<>(scopesOfApplications);
        servers.forEach(server -> server.tools().forEach(tool -> held.addAll(tool.scopes())));
        return held;
    }

    /**
     * The other servers that have a tool.
     *
     * @param key the tool's key
     * @param server the server whose tool it is; empty for one that is not registered yet
     * @return those servers, empty if the key is its own
     */
    public List<RegisteredServer> othersWith(String key, Optional<RegisteredServer> server) {
        return servers.stream()
                .filter(each ->
                        server.isEmpty() || !each.id().equals(server.get().id()))
                .filter(each -> each.tool(key).isPresent())
                .toList();
    }
}
