package io.mcpaccess.amctl.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpaccess.amctl.am.ManagedDomain;
import io.mcpaccess.amctl.protect.DomainFlows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the management node runs this project's engine and policy, both of one release. */
final class PluginCheck {
    private static final String INSTALL = "install the bundle with its install.sh on both nodes and restart them";

    private PluginCheck() {}

    static List<Finding> of(ManagedDomain domain) {
        List<Finding> findings = new ArrayList<>();
        Optional<JsonNode> engine = domain.plugins().engine();
        Optional<JsonNode> policy = domain.plugins().policy(DomainFlows.POLICY);
        if (engine.isEmpty()) {
            findings.add(Finding.error(
                    "plugin openfga is not on the management node", "no engine can be created or configured", INSTALL));
        } else if (engine.get().hasNonNull("feature")
                || !engine.get().path("deployed").asBoolean(true)) {
            findings.add(Finding.error(
                    "plugin openfga of the management node is the licensed one of AM's vendor",
                    "it shadows this project's: of two ZIPs with one id AM takes the newer file",
                    "remove its ZIP from AM's plugins directory, or run the bundle's install.sh"));
        } else {
            findings.add(
                    Finding.ok("plugin openfga " + engine.get().path("version").asText() + " on the management node"));
        }
        if (policy.isEmpty()) {
            findings.add(Finding.error(
                    "plugin " + DomainFlows.POLICY + " is not on the management node",
                    "AM drops its steps silently when a flow is saved",
                    INSTALL));
        } else {
            findings.add(Finding.ok("plugin " + DomainFlows.POLICY + " "
                    + policy.get().path("version").asText() + " on the management node"));
        }
        if (engine.isPresent()
                && policy.isPresent()
                && !engine.get().path("version").equals(policy.get().path("version"))) {
            findings.add(
                    Finding.warning("engine and policy are of two releases", "they are tried together only", INSTALL));
        }
        return findings;
    }
}
