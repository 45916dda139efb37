package io.mcpaccess.amctl.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpaccess.amctl.am.ManagedDomain;
import io.mcpaccess.amctl.protect.Item;
import io.mcpaccess.amctl.protect.Protection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether flows, consent form and redirect switches are as {@code protect} would make them, and who skips them. */
final class FlowCheck {
    private FlowCheck() {}

    static List<Finding> of(ManagedDomain domain, List<JsonNode> applications) {
        List<Finding> findings = new ArrayList<>();
        Protection protection = new Protection(domain);
        protection.plan(new Protection.Wish("observe", Optional.empty(), false, true));
        protection.items().stream()
                .filter(item -> !item.what().equals("engine") && !item.what().equals("names of tools"))
                .forEach(item -> findings.add(finding(domain, item)));
        for (JsonNode application : applications) {
            JsonNode advanced = application.path("settings").path("advanced");
            if (application.path("enabled").asBoolean(true)
                    && !advanced.path("flowsInherited").asBoolean(true)) {
                findings.add(Finding.warning(
                        "application "
                                + application
                                        .path("settings")
                                        .path("oauth")
                                        .path("clientId")
                                        .asText(application.path("name").asText())
                                + " does not inherit the domain's flows",
                        "the policy does not run for its tokens and its consent page",
                        "switch on 'inherit flows' of the application in the console"));
            }
        }
        loopback(domain, findings);
        return findings;
    }

    private static Finding finding(ManagedDomain domain, Item item) {
        String protect = "amctl protect " + domain.id() + " --apply";
        return switch (item.change()) {
            case ADDED, CHANGED ->
                Finding.warning(
                        item.what() + " is missing",
                        item.what().startsWith("consent form")
                                ? "users approve scopes without seeing the tools behind them"
                                : "what a user approved is not remembered by tool, or tokens are not looked at",
                        protect);
            case REFUSED -> Finding.warning(item.what(), item.detail(), protect);
            case KEPT, REMOVED -> Finding.note(item.what(), item.detail(), "nothing, if that is meant");
            case UNCHANGED -> Finding.ok(item.what() + (item.detail().isEmpty() ? "" : ": " + item.detail()));
        };
    }

    private static void loopback(ManagedDomain domain, List<Finding> findings) {
        JsonNode settings = domain.read().path("oidc").path("clientRegistrationSettings");
        boolean isKnown = settings.isObject();
        boolean allowed = settings.path("allowLocalhostRedirectUri").asBoolean()
                && settings.path("allowHttpSchemeRedirectUri").asBoolean();
        if (isKnown && !allowed) {
            findings.add(Finding.note(
                    "redirect URIs on loopback are refused",
                    "desktop MCP clients cannot be registered",
                    "amctl protect " + domain.id() + " --loopback --apply"));
        }
    }
}
