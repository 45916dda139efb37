package io.mcpaccess.guard.proxy.settings;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * All that the proxy is told. Immutable; prints no secret.
 *
 * @param listen where clients reach it
 * @param management where health and metrics are told; empty for nowhere
 * @param servers at least one
 * @param identityKey what tells servers who calls is signed with this key, PEM; empty for one that is made at each start
 */
public record ProxySettings(
        ListenSettings listen,
        Optional<ListenSettings> management,
        List<GuardedSettings> servers,
        Optional<Path> identityKey) {
    /**
     * @throws SettingsException when there is no server, or two that cannot be told apart
     */
    public ProxySettings {
        servers = List.copyOf(servers);
        if (servers.isEmpty()) {
            throw new SettingsException("There is no server. Name at least one under 'servers'.");
        }
        Set<String> names = new HashSet<>();
        Set<String> places = new HashSet<>();
        for (GuardedSettings server : servers) {
            if (!names.add(server.name())) {
                throw new SettingsException("Two servers have the name '" + server.name() + "'.");
            }
            if (!places.add(server.guard().resource().uri().getRawAuthority() + server.path())) {
                throw new SettingsException("Two servers have the resource '"
                        + server.guard().resource() + "': requests could not be told apart.");
            }
        }
    }

    /**
     * @param change what to do with each server
     * @return the same with these
     */
    public ProxySettings withServers(UnaryOperator<GuardedSettings> change) {
        return new ProxySettings(
                listen, management, servers.stream().map(change).toList(), identityKey);
    }
}
