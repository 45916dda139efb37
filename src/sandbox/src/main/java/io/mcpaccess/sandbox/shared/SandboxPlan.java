package io.mcpaccess.sandbox.shared;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * What a configuration file says beyond the data that goes into the database.
 *
 * @param gateway where the gateway listens
 * @param management where the management API listens
 * @param plugins directory of plugin ZIPs, null where the file names none
 * @param properties gravitee.yml keys, dotted
 * @param forgetToolsAtStart the quirk of AM on JDBC, see {@link NodeSettings}
 * @param sync how long the gateway takes to hear of a change; zero for at once, AM takes up to five seconds
 */
public record SandboxPlan(
        Address gateway,
        Address management,
        Path plugins,
        Map<String, String> properties,
        boolean forgetToolsAtStart,
        Duration sync) {}
