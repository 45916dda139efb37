package io.mcpaccess.engine.console;

import io.mcpaccess.core.decision.AccessSettings;
import io.mcpaccess.core.decision.AccessSettings.PermissionMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which refusals of an engine its domain records instead of enforcing.
 *
 * @param isForAll whether on every MCP server
 * @param servers client ids of the MCP servers that are set on their own, sorted
 */
public record ShadowMode(boolean isForAll, List<String> servers) {

    /** Nowhere: every refusal holds. */
    public static final ShadowMode NOWHERE = new ShadowMode(false, List.of());

    /** Copies the servers. */
    public ShadowMode {
        servers = List.copyOf(servers);
    }

    /**
     * Reads the settings.
     *
     * @param settings what the administrator decided
     * @return where shadow mode is on
     */
    public static ShadowMode of(AccessSettings settings) {
        return new ShadowMode(
                settings.permissionMode() == PermissionMode.SHADOW,
                settings.shadowServers().stream().sorted().toList());
    }

    /**
     * What an operator must know.
     *
     * @return a sentence, or nothing where every refusal holds
     */
    public Optional<String> warning() {
        if (isForAll) {
            return Optional.of("Permissions are in shadow mode: on every MCP server of the domain, calls that the"
                    + " permission refuses are recorded and let through. Set permissionMode to enforce to end it.");
        }
        return servers.isEmpty()
                ? Optional.empty()
                : Optional.of("Permissions are in shadow mode for the MCP servers " + String.join(", ", servers)
                        + ": their calls that the permission refuses are recorded and let through. Empty shadowServers"
                        + " to end it.");
    }

    /**
     * For the engine's health.
     *
     * @return {@code {permissionMode, shadowServers}}
     */
    public Map<String, Object> toJson() {
        PermissionMode mode = isForAll ? PermissionMode.SHADOW : PermissionMode.ENFORCE;
        return Map.of("permissionMode", mode.wireName(), "shadowServers", servers);
    }
}
