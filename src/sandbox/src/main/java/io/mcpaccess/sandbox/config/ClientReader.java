package io.mcpaccess.sandbox.config;

import io.mcpaccess.sandbox.data.ApplicationRow;
import io.mcpaccess.sandbox.data.Ids;
import io.mcpaccess.sandbox.data.ProtectedResourceRow;
import io.mcpaccess.sandbox.data.SecretRow;
import io.mcpaccess.sandbox.data.Secrets;
import io.mcpaccess.sandbox.data.ToolRow;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the applications and MCP servers of one domain, which share their client identifiers. For one thread. */
final class ClientReader {
    /** Tool keys of AM: io.gravitee.am.service.model.NewProtectedResourceFeature. */
    private static final Pattern TOOL_KEY = Pattern.compile("[a-zA-Z0-9_-]{1,64}");

    private static final Set<String> GRANT_TYPES = Set.of(
            "authorization_code",
            "refresh_token",
            "client_credentials",
            "urn:ietf:params:oauth:grant-type:token-exchange");

    private final String domain;
    private final Mistakes mistakes;
    private final long now;
    private final Set<String> clientIds = new HashSet<>();

    ClientReader(String domain, Mistakes mistakes, long now) {
        this.domain = domain;
        this.mistakes = mistakes;
        this.now = now;
    }

    List<ApplicationRow> applications(List<Section> sections) {
        List<ApplicationRow> rows = new ArrayList<>();
        for (Section application : sections) {
            String clientId = clientId(application, "clientId: agent");
            List<String> redirectUris = application.texts("redirectUris");
            redirectUris.stream()
                    .filter(uri -> !isUrl(uri, false))
                    .forEach(uri -> mistakes.add(
                            application.at("redirectUris"),
                            "'" + uri + "' is not a redirect URI",
                            "write an absolute URI without a fragment"));
            List<String> grantTypes = application.has("grantTypes")
                    ? application.texts("grantTypes")
                    : List.of("authorization_code", "refresh_token");
            grantTypes.stream()
                    .filter(type -> !GRANT_TYPES.contains(type))
                    .forEach(type -> mistakes.add(
                            application.at("grantTypes"),
                            "'" + type + "' is not a grant type of the sandbox",
                            "it has " + String.join(", ", GRANT_TYPES)));
            rows.add(new ApplicationRow(
                    Ids.of("application", domain, clientId),
                    domain,
                    application.has("name") ? application.text("name") : clientId,
                    clientId,
                    secrets(application),
                    redirectUris,
                    grantTypes,
                    application.texts("scopes"),
                    application.texts("autoApproveScopes"),
                    new ApplicationRow.ScopeChoice(
                            application.texts("requiredScopes"), application.flag("optInScopeSelection", true)),
                    agent(application),
                    application.flag("flowsInherited", true),
                    application.flag("enabled", true),
                    now,
                    now));
            application.end();
        }
        return rows;
    }

    private ApplicationRow.Agent agent(Section application) {
        if (!application.has("agent")) {
            return null;
        }
        String kind = application.text("agent");
        for (ApplicationRow.Agent agent : ApplicationRow.Agent.values()) {
            if (agent.name().equals(kind)) {
                return agent;
            }
        }
        mistakes.add(
                application.at("agent"),
                "there is no kind of agent '" + kind + "'",
                "it is one of " + List.of(ApplicationRow.Agent.values()));
        return null;
    }

    List<ProtectedResourceRow> protectedResources(List<Section> sections) {
        List<ProtectedResourceRow> rows = new ArrayList<>();
        Set<String> identifiers = new HashSet<>();
        for (Section resource : sections) {
            String name = resource.text("name", "name: billing");
            String clientId = clientId(resource, "clientId: billing-mcp");
            List<String> ofResource = new ArrayList<>();
            for (String identifier : resource.texts("resourceIdentifiers")) {
                String normal = identifier.trim().toLowerCase(Locale.ROOT);
                if (!isUrl(normal, true)) {
                    mistakes.add(
                            resource.at("resourceIdentifiers"),
                            "'" + identifier + "' is not a resource identifier",
                            "write an http or https URL without a fragment");
                } else if (!identifiers.add(normal)) {
                    mistakes.add(
                            resource.at("resourceIdentifiers"),
                            "the resource identifier '" + identifier + "' stands twice in the domain",
                            "give each MCP server its own");
                }
                ofResource.add(normal);
            }
            if (ofResource.isEmpty()) {
                mistakes.add(
                        resource.at("resourceIdentifiers"),
                        resource.path() + " has no resource identifier",
                        "resourceIdentifiers: [\"http://127.0.0.1:9100/mcp\"]");
            }
            rows.add(new ProtectedResourceRow(
                    Ids.of("protected-resource", domain, clientId),
                    domain,
                    name,
                    resource.text("description"),
                    clientId,
                    secrets(resource),
                    ofResource,
                    tools(resource),
                    now,
                    now));
            resource.end();
        }
        return rows;
    }

    private List<ToolRow> tools(Section resource) {
        List<ToolRow> tools = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        for (Section feature : resource.sections("features")) {
            String type = feature.has("type") ? feature.text("type") : "MCP_TOOL";
            if (!"MCP_TOOL".equals(type)) {
                mistakes.add(feature.at("type"), "there is no feature type '" + type + "'", "write type: MCP_TOOL");
            }
            String key = feature.text("key", "key: list_invoices");
            if (!key.isEmpty() && !TOOL_KEY.matcher(key).matches()) {
                mistakes.add(
                        feature.at("key"),
                        "AM cannot hold the tool key '" + key + "'",
                        "use 1 to 64 letters, digits, '_' and '-'");
            }
            if (!keys.add(key)) {
                mistakes.add(feature.at("key"), "the tool '" + key + "' stands twice", "keep one");
            }
            tools.add(new ToolRow(key, feature.text("description"), feature.texts("scopes"), now, now));
            feature.end();
        }
        return tools;
    }

    private String clientId(Section section, String right) {
        String clientId = section.text("clientId", right);
        if (!clientId.isEmpty() && !clientIds.add(clientId)) {
            mistakes.add(
                    section.at("clientId"),
                    "the client id '" + clientId + "' stands twice in the domain",
                    "applications and MCP servers need an id each");
        }
        return clientId;
    }

    private List<SecretRow> secrets(Section section) {
        if (!section.has("clientSecret")) {
            return List.of();
        }
        String secret = section.text("clientSecret", "leave it out for a public client");
        return List.of(new SecretRow(Ids.of("secret", domain, section.path()), Secrets.hash(secret), null));
    }

    private static boolean isUrl(String text, boolean httpOnly) {
        try {
            URI uri = new URI(text);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return uri.isAbsolute()
                    && uri.getRawFragment() == null
                    && (httpOnly ? http && uri.getHost() != null : true);
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
