package io.mcpaccess.sandbox.shared;

import java.nio.file.Path;
import java.util.Map;

/**
 * What a node is started with.
 *
 * @param database the shared database, already seeded
 * @param events the bus between the nodes
 * @param address where to listen
 * @param plugins directory of plugin ZIPs, null for a node without plugins
 * @param workDirectory a directory of this node's own, for unpacked plugins
 * @param properties what gravitee.yml would hold, by dotted key
 * @param forgetToolsAtStart true to start with MCP servers whose tools are not loaded, as AM on JDBC does
 */
public record NodeSettings(
        Database database,
        EventBus events,
        Address address,
        Path plugins,
        Path workDirectory,
        Map<String, String> properties,
        boolean forgetToolsAtStart) {
    /**
     * The same with more properties; those already there win.
     *
     * @param defaults properties to add where absent
     * @return a new value
     */
    public NodeSettings withDefaults(Map<String, String> defaults) {
        Map<String, String> all = new java.util.HashMap<>(defaults);
        all.putAll(properties);
        return new NodeSettings(database, events, address, plugins, workDirectory, Map.copyOf(all), forgetToolsAtStart);
    }
}
