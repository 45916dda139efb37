package io.mcpaccess.acceptance.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.acceptance.Http;
import io.mcpaccess.acceptance.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import org.awaitility.Awaitility;

/** A running AM, over its public management API. Domains have names that nobody else has, and are deleted at the end. */
final class AmHost implements Host {

    private static final Duration SYNC = Duration.ofSeconds(120);

    private final Http http = new Http();
    private final String gateway;
    private final Map<String, String> amctl;
    private final Administrator administrator;
    private String version = "";

    AmHost(String gateway, String management) {
        this.gateway = gateway.replaceAll("/$", "");
        this.amctl = Map.of(
                "AMCTL_URL",
                management.replaceAll("/$", ""),
                "AMCTL_USERNAME",
                Optional.ofNullable(System.getenv("AM_USERNAME")).orElse("admin"),
                "AMCTL_PASSWORD",
                Optional.ofNullable(System.getenv("AM_PASSWORD"))
                        .orElseThrow(
                                () -> new AssertionError("Set AM_PASSWORD to the password of AM's administrator.")));
        this.administrator =
                new Administrator(amctl.get("AMCTL_URL"), amctl.get("AMCTL_USERNAME"), amctl.get("AMCTL_PASSWORD"));
    }

    @Override
    public Place make(DomainSpec spec) {
        String name = "acceptance-"
                + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        JsonNode made = done(
                "POST",
                "/organizations/DEFAULT/environments/DEFAULT/domains",
                Json.of(Map.of("name", name, "description", "Acceptance tests", "dataPlaneId", "default")));
        String path = Host.path(made.path("id").asText());
        try {
            fill(path, spec);
        } catch (AssertionError | RuntimeException e) {
            manage("DELETE", path, null);
            throw e;
        }
        Place place = new Place(
                made.path("id").asText(), gateway + "/" + made.path("hrid").asText());
        Awaitility.await("the gateway serves the domain")
                .atMost(SYNC)
                .pollInterval(Duration.ofMillis(500))
                .until(() ->
                        http.send(Http.json("GET", place.base() + "/oidc/.well-known/openid-configuration", "", null))
                                        .status()
                                == 200);
        return place;
    }

    private void fill(String path, DomainSpec spec) {
        Map<String, Object> redirects = Map.of("allowLocalhostRedirectUri", true, "allowHttpSchemeRedirectUri", true);
        done("PATCH", path, Json.of(Map.of("enabled", true, "oidc", Map.of("clientRegistrationSettings", redirects))));
        if (spec.needs.contains(Feature.TOKEN_EXCHANGE)) {
            done(
                    "PATCH",
                    path,
                    Json.of(Map.of(
                            "tokenExchangeSettings",
                            Map.of("enabled", true, "allowImpersonation", true, "allowDelegation", true))));
        }
        String provider =
                done("GET", path + "/identities", null).path(0).path("id").asText();
        for (String user : spec.users) {
            JsonNode person = Json.of(Map.of(
                    "username",
                    user,
                    "password",
                    DomainSpec.PASSWORD,
                    "email",
                    user + "@example.com",
                    "firstName",
                    user,
                    "lastName",
                    "Example",
                    "source",
                    provider));
            // AM makes the table of a new domain's users after it has answered.
            Awaitility.await("AM takes the user " + user)
                    .atMost(SYNC)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() ->
                            manage("POST", path + "/users", person.toString()).status() < 300);
        }
        TreeSet<String> scopes = new TreeSet<>();
        spec.servers.forEach(server -> server.tools().forEach(tool -> scopes.addAll(tool.scopes())));
        scopes.forEach(key -> done(
                "POST", path + "/scopes", Json.of(Map.of("key", key, "name", key, "description", "Scope " + key))));
        spec.applications.forEach(application -> add(path, provider, application, spec.claims));
        for (DomainSpec.Server server : spec.servers) {
            ObjectNode body = Json.object()
                    .put("name", server.clientId())
                    .put("description", "MCP server")
                    .put("type", "MCP_SERVER")
                    .put("clientId", server.clientId())
                    .put("clientSecret", DomainSpec.SECRET);
            body.putArray("resourceIdentifiers").add(server.identifier());
            body.set("features", features(server));
            done("POST", path + "/protected-resources", body);
        }
    }

    private void add(String path, String provider, DomainSpec.Application application, Map<String, String> claims) {
        ObjectNode body = Json.object()
                .put("name", application.clientId())
                .put("type", application.agent() == null ? "WEB" : "AGENT")
                .put("clientId", application.clientId())
                .put("clientSecret", DomainSpec.SECRET);
        if (application.grantTypes().contains("authorization_code")) {
            body.putArray("redirectUris").add(TestDomain.CALLBACK);
        }
        if (application.agent() != null) {
            body.put("kind", application.agent());
        }
        String id = done("POST", path + "/applications", body).path("id").asText();
        List<Map<String, Object>> scopes = new ArrayList<>(List.of(Map.of("scope", "openid", "defaultScope", false)));
        application
                .requiredScopes()
                .forEach(scope -> scopes.add(Map.of("scope", scope, "defaultScope", false, "requiredScope", true)));
        List<Map<String, String>> customClaims = claims.entrySet().stream()
                .map(claim -> Map.of(
                        "tokenType", "ACCESS_TOKEN", "claimName", claim.getKey(), "claimValue", claim.getValue()))
                .toList();
        Map<String, Object> oauth = Map.of(
                "grantTypes",
                application.grantTypes(),
                "scopeSettings",
                scopes,
                "tokenCustomClaims",
                customClaims,
                "enhanceScopesWithUserPermissions",
                false);
        done(
                "PATCH",
                path + "/applications/" + id,
                Json.of(Map.of(
                        "identityProviders", List.of(Map.of("identity", provider, "priority", 0)),
                        "settings", Map.of("oauth", oauth))));
    }

    static ArrayNode features(DomainSpec.Server server) {
        ArrayNode features = Json.array();
        for (DomainSpec.Tool tool : server.tools()) {
            features.addObject()
                    .put("type", "MCP_TOOL")
                    .put("key", tool.key())
                    .put("description", tool.description())
                    .set("scopes", Json.of(tool.scopes()));
        }
        return features;
    }

    private JsonNode done(String method, String path, JsonNode body) {
        Http.Answer answer = manage(method, path, body == null ? null : body.toString());
        if (answer.status() >= 300) {
            throw new AssertionError(method + " " + path + ": " + answer.status() + " " + answer.body());
        }
        return answer.json();
    }

    @Override
    public Http.Answer manage(String method, String path, String body) {
        return administrator.call(method, path, body);
    }

    @Override
    public JsonNode audits(Place domain) {
        return done("GET", Host.path(domain.id()) + "/audits?type=PERMISSION_EVALUATED&page=0&size=200", null)
                .path("data");
    }

    @Override
    public Optional<String> lacks(Feature feature) {
        return switch (feature) {
            case AGENT_APPLICATIONS, AGENT_INSTANCES -> lacksBefore(12, feature);
            case TOKEN_EXCHANGE -> lacksBefore(11, feature);
            case BOUND_TOKENS, SCOPE_CHOICE, SERVER_FLOWS -> lacksBefore(13, feature);
            case SELF_APPROVAL -> Optional.of("the tests make no application on AM that approves scopes by itself");
        };
    }

    private Optional<String> lacksBefore(int minor, Feature feature) {
        return version()[0] > 4 || version()[0] == 4 && version()[1] >= minor
                ? Optional.empty()
                : Optional.of("AM " + version + " has not " + feature + ": they came with 4." + minor);
    }

    /** AM tells its version nowhere but as that of its own plugins. */
    private int[] version() {
        if (version.isEmpty()) {
            version = done("GET", "/platform/plugins/certificates", null)
                    .path(0)
                    .path("version")
                    .asText();
        }
        String[] parts = version.split("\\.");
        return new int[] {Integer.parseInt(parts[0]), Integer.parseInt(parts[1])};
    }

    @Override
    public Map<String, String> amctlEnvironment() {
        return amctl;
    }

    @Override
    public void remove(Place domain) {
        manage("DELETE", Host.path(domain.id()), null);
    }

    @Override
    public void close() {
        // Domains are removed one by one; AM itself is not ours.
    }
}
