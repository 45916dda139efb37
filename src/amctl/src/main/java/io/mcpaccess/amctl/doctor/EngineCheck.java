package io.mcpaccess.amctl.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpaccess.amctl.am.AmFailure;
import io.mcpaccess.amctl.am.ManagedDomain;
import java.util.ArrayList;
import java.util.List;

/** Whether the engine of the management node answers, and how it is set. */
final class EngineCheck {
    private EngineCheck() {}

    static List<Finding> of(ManagedDomain domain) {
        if (domain.engine().isEmpty()) {
            return List.of(Finding.error(
                    "the domain has no OpenFGA engine",
                    "every tool call is refused (engine_not_configured)",
                    "amctl protect " + domain.id() + " --openfga URL --store ID --apply"));
        }
        List<Finding> findings = new ArrayList<>();
        try {
            health(domain, domain.openEngine().health(), findings);
        } catch (AmFailure e) {
            if (e.status() != 404 && e.status() < 500) {
                throw e;
            }
            findings.add(Finding.error(
                    "the engine of the management node does not answer for itself",
                    e.status() == 404 ? "it is another plugin's, or not loaded" : "it failed",
                    "see the management API's log, and save the engine again in the console"));
        }
        return findings;
    }

    private static void health(ManagedDomain domain, JsonNode health, List<Finding> findings) {
        boolean hasModel = health.hasNonNull("modelId");
        if (!health.path("reachable").asBoolean()) {
            findings.add(Finding.error(
                    "the engine's store cannot be read by the management node",
                    detail(health, "every question is refused (engine_unavailable)"),
                    "mend the address, the store or the file in the engine's configuration"));
        } else if (!hasModel) {
            findings.add(Finding.error(
                    "the store has no authorization model",
                    "every question is refused (engine_unavailable)",
                    "add one on the engine's page of the console; the bundle has a sample"));
        } else {
            findings.add(Finding.ok("the management node reads the store, model "
                    + health.path("modelId").asText()));
        }
        health.path("warnings")
                .forEach(warning -> findings.add(Finding.warning(
                        "the engine warns", warning.asText(), "see the engine's configuration in the console")));
        if ("shadow".equals(health.path("permissionMode").asText())) {
            findings.add(Finding.warning(
                    "permissions are in shadow mode",
                    "a missing permission is recorded, and the call goes on",
                    "set permissionMode to enforce when the audit log shows nothing any more (domain " + domain.id()
                            + ")"));
        }
    }

    private static String detail(JsonNode health, String otherwise) {
        String text = health.path("detail").asText("");
        return text.isEmpty() || text.equals("null") ? otherwise : text;
    }
}
