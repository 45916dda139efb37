package io.mcpaccess.sandbox.config;

import io.mcpaccess.sandbox.data.ApplicationRow;
import io.mcpaccess.sandbox.data.ClientDocumentsRow;
import io.mcpaccess.sandbox.data.RegistrationRow;
import java.util.List;

/** Reads {@code oidc} of a domain, with the names and defaults of AM's management API. */
final class RegistrationReader {
    private static final int HOUR = 3600;

    private final Mistakes mistakes;
    private final List<ApplicationRow> applications;

    RegistrationReader(Mistakes mistakes, List<ApplicationRow> applications) {
        this.mistakes = mistakes;
        this.applications = applications;
    }

    RegistrationRow read(Section oidc) {
        Section settings = oidc.section("clientRegistrationSettings");
        boolean limited = settings.flag("isAllowedScopesEnabled", false);
        List<String> allowed = settings.texts("allowedScopes");
        RegistrationRow row = new RegistrationRow(
                settings.flag("isDynamicClientRegistrationEnabled", false),
                settings.flag("isOpenDynamicClientRegistrationEnabled", false),
                settings.texts("defaultScopes"),
                limited ? allowed : null,
                documents(oidc.section("cimdSettings")));
        settings.end();
        oidc.end();
        return row;
    }

    private ClientDocumentsRow documents(Section settings) {
        boolean enabled = settings.flag("enabled", false);
        String template = settings.text("templateId");
        if (enabled && applications.stream().noneMatch(row -> row.clientId().equals(template))) {
            mistakes.add(
                    settings.at("templateId"),
                    "there is no application '" + template + "' to make clients from",
                    "templateId: agent, the clientId of an application of the domain");
        }
        ClientDocumentsRow row = new ClientDocumentsRow(
                enabled,
                template,
                settings.flag("allowUnsecuredHttpUri", false),
                settings.flag("allowPrivateIpAddress", false),
                settings.texts("allowedDomains"),
                settings.integer("fetchTimeoutMs", 3000, 1, 60_000),
                settings.integer("maxResponseSizeKb", 20, 1, 1024),
                settings.integer("cacheTtlSeconds", HOUR, 1, 24 * HOUR));
        settings.end();
        return row;
    }
}
