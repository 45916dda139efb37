package io.mcpaccess.acceptance.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openfga.language.DslToJsonTransformer;
import io.mcpaccess.acceptance.Http;
import io.mcpaccess.acceptance.Json;
import io.mcpaccess.acceptance.client.McpServer;
import io.mcpaccess.acceptance.client.UserAgent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/** A domain with the product in it, for one test class. */
public final class TestDomain implements AutoCloseable {

    /** Where browsers are sent in the end; nobody listens there. */
    public static final String CALLBACK = "http://127.0.0.1:9999/callback";

    /** AM's gateways look for changes every few seconds. */
    public static final Duration SYNC = Duration.ofSeconds(90);

    private static final String MODEL = """
            model
              schema 1.1
            type user
            type application
            type agent
            type mcp_server
            type tool
              relations
                define can_call: [user, user:*, application, agent]
            """;

    private final Host host;
    private final Host.Place place;
    private final String path;
    private final boolean asksScopeByScope;
    private final DomainSpec spec;
    private String engine = "";

    private TestDomain(Host host, Host.Place place, DomainSpec spec) {
        this.host = host;
        this.place = place;
        this.asksScopeByScope = spec.needs.contains(Host.Feature.SCOPE_CHOICE)
                || host instanceof AmHost
                        && host.lacks(Host.Feature.SCOPE_CHOICE).isEmpty();
        this.path = Host.path(place.id());
        this.spec = spec;
    }

    /** Makes it on the host that the build was told, engine, model, tuples, flows and form over the management API. */
    public static TestDomain of(DomainSpec spec) {
        String gateway = System.getProperty("am.gateway", "");
        Host host =
                gateway.isBlank() ? new SandboxHost() : new AmHost(gateway, System.getProperty("am.management", ""));
        TestDomain domain;
        try {
            spec.needs.forEach(feature -> host.lacks(feature).ifPresent(reason -> Assumptions.abort(reason)));
            domain = new TestDomain(host, host.make(spec), spec);
        } catch (RuntimeException | AssertionError e) {
            host.close();
            throw e;
        }
        try {
            if (!spec.isBare) {
                domain.install();
            }
        } catch (RuntimeException | AssertionError e) {
            domain.close();
            throw e;
        }
        return domain;
    }

    /** Brings the product into a domain that was made without it, see {@link DomainSpec#bare}. */
    public void install() {
        ObjectNode configuration = Json.object()
                .put("mode", "embedded")
                .put("storeFile", place.base().replaceAll(".*/", "") + ".fga.yaml");
        spec.engine.forEach((name, value) -> configuration.set(name, Json.of(value)));
        engine = addEngine(configuration).json().path("id").asText();
        done("POST", settings("/authorization-models"), model());
        spec.tuples.forEach(tuple -> grant(tuple.user(), tuple.relation(), tuple.object()));
        if (!spec.tokenMode.isEmpty()) {
            done("PUT", path + "/flows", flows(spec.tokenMode));
            if (spec.hasOurForm) {
                done("POST", path + "/forms", consentForm());
                awaitConsentPage();
            }
        }
        for (DomainSpec.Server server : spec.servers) {
            McpServer asking = server(server.clientId());
            Awaitility.await("the first answers about " + server.clientId())
                    .atMost(SYNC)
                    .pollInterval(Duration.ofMillis(300))
                    .until(() -> asking.evaluate(
                                            "user",
                                            "nobody",
                                            server.tools().get(0).key(),
                                            null)
                                    .status()
                            == 200);
        }
    }

    /** Pages and flows come to the gateway some seconds after they are saved; until then AM shows its own page. */
    private void awaitConsentPage() {
        DomainSpec.Server server = spec.servers.get(0);
        UserAgent first = user(spec.users.get(0), spec.applications.get(0).clientId(), server.identifier());
        DomainSpec.Tool tool = server.tools().get(0);
        Awaitility.await("the bundle's consent page")
                .atMost(SYNC)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> first.open(tool.scopes().get(0), Map.of()).page().contains("mcp_shown"));
    }

    private static JsonNode model() {
        try {
            return Json.read(new DslToJsonTransformer().transform(MODEL));
        } catch (Exception e) {
            throw new AssertionError("the model of the tests", e);
        }
    }

    private static ArrayNode flows(String mode) {
        ObjectNode token =
                Json.object().put("name", "token").put("type", "TOKEN").put("enabled", true);
        token.putArray("pre").add(step(Json.object().put("mode", mode)));
        token.putArray("post");
        ObjectNode consent =
                Json.object().put("name", "consent").put("type", "CONSENT").put("enabled", true);
        consent.putArray("pre").add(step(Json.object()));
        consent.putArray("post").add(step(Json.object()));
        return Json.array().add(token).add(consent);
    }

    private static ObjectNode step(ObjectNode configuration) {
        return Json.object()
                .put("name", "MCP tool access")
                .put("policy", "mcp-tool-access")
                .put("description", "")
                .put("enabled", true)
                .put("configuration", configuration.toString());
    }

    private static JsonNode consentForm() {
        Path form = Path.of(System.getProperty("repository.root"), "assembly/bundle/consent-form.html");
        try {
            return Json.object()
                    .put("template", "OAUTH2_USER_CONSENT")
                    .put("enabled", true)
                    .put("content", Files.readString(form));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until a whole second lies between what was and what comes: the times of tokens are whole seconds. */
    public static void aSecondPasses() {
        long second = System.currentTimeMillis() / 1000;
        Awaitility.await("tokens tell whole seconds")
                .atMost(Duration.ofSeconds(60))
                .until(() -> System.currentTimeMillis() / 1000 > second + 1);
    }

    /** Skips the test where the host lacks something. */
    public void require(Host.Feature feature) {
        host.lacks(feature).ifPresent(reason -> Assumptions.abort(reason));
    }

    /** Whether the host asks users scope by scope; on the sandbox a domain says whether it does. */
    public boolean asksScopeByScope() {
        return asksScopeByScope;
    }

    /** The domain's id. */
    public String id() {
        return place.id();
    }

    /** The address of the domain's protocols. */
    public String base() {
        return place.base();
    }

    /** Takes back all that a user approved; AM revokes the tokens that came of it. */
    public void revokeConsents(String username) {
        for (JsonNode user : done("GET", path + "/users?page=0&size=50", null).path("data")) {
            if (username.equals(user.path("username").asText())) {
                done("DELETE", path + "/users/" + user.path("id").asText() + "/consents", null);
            }
        }
    }

    /** The gateway that serves the domain. */
    public String gateway() {
        return place.base().substring(0, place.base().lastIndexOf('/'));
    }

    /** The command line as it is shipped, with the administrator's credentials. */
    public Amctl amctl() {
        return new Amctl(host.amctlEnvironment());
    }

    /** Adds the engine of the tests with its model to a domain that has none, see {@link DomainSpec#bare}. */
    public void useEngine() {
        for (JsonNode found : done("GET", path + "/authorization-engines", null)) {
            engine = found.path("id").asText();
        }
        done("POST", settings("/authorization-models"), model());
    }

    /** Adds an OpenFGA engine as the console does; the answer is AM's. */
    public Http.Answer addEngine(ObjectNode configuration) {
        return manage(
                "POST",
                "/authorization-engines",
                Json.object()
                        .put("type", "openfga")
                        .put("name", "engine")
                        .put("configuration", configuration.toString())
                        .toString());
    }

    /** Deletes the engine as the console does. */
    public void removeEngine() {
        done("DELETE", path + "/authorization-engines/" + engine, null);
    }

    /** Changes the engine's configuration as the console does. */
    public Http.Answer changeEngine(ObjectNode configuration) {
        return manage(
                "PUT",
                "/authorization-engines/" + engine,
                Json.object()
                        .put("name", "engine")
                        .put("configuration", configuration.toString())
                        .toString());
    }

    /** The engine's configuration as the console sees it. */
    public ObjectNode engineConfiguration() {
        return (ObjectNode) Json.read(done("GET", path + "/authorization-engines/" + engine, null)
                .path("configuration")
                .asText());
    }

    /** Writes a tuple. */
    public void grant(String user, String relation, String object) {
        done("POST", settings("/tuples"), tuple(user, relation, object));
    }

    /** Deletes a tuple. */
    public void withdraw(String user, String relation, String object) {
        done("DELETE", settings("/tuples"), tuple(user, relation, object));
    }

    private static ObjectNode tuple(String user, String relation, String object) {
        return Json.object().put("user", user).put("relation", relation).put("object", object);
    }

    /** The MCP servers as AM lists them. */
    public JsonNode servers() {
        return done("GET", path + "/protected-resources?type=MCP_SERVER&page=0&size=50", null)
                .path("data");
    }

    /** Puts a tool into an MCP server by AM's own API, as the console does. */
    public void addTool(String clientId, DomainSpec.Tool tool) {
        edit(
                clientId,
                features -> features.addObject()
                        .put("key", tool.key())
                        .put("description", "Added later")
                        .set("scopes", Json.of(tool.scopes())));
    }

    /** Puts a tool that an MCP server has behind another scope, as the console does. */
    public void putBehind(String clientId, String key, String scope) {
        edit(
                clientId,
                features -> features.forEach(feature -> {
                    if (key.equals(feature.path("key").asText())) {
                        ((ObjectNode) feature).putArray("scopes").add(scope);
                    }
                }));
    }

    /** Takes a tool out of an MCP server by AM's own API, as the console does. */
    public void removeTool(String clientId, String key) {
        edit(clientId, features -> {
            for (int i = features.size() - 1; i >= 0; i--) {
                if (key.equals(features.get(i).path("key").asText())) {
                    features.remove(i);
                }
            }
        });
    }

    private void edit(String clientId, Consumer<ArrayNode> change) {
        ArrayNode features = (ArrayNode) serverNamed(clientId).path("features");
        features.forEach(feature -> ((ObjectNode) feature).retain("key", "description", "scopes"));
        change.accept(features);
        features.forEach(feature -> ((ObjectNode) feature).put("type", "MCP_TOOL"));
        ObjectNode patch = Json.object();
        patch.set("features", features);
        done("PATCH", path + "/protected-resources/" + serverId(clientId), patch);
    }

    /** AM's id of an MCP server. */
    public String serverId(String clientId) {
        return serverNamed(clientId).path("id").asText();
    }

    private JsonNode serverNamed(String clientId) {
        for (JsonNode server : servers()) {
            if (clientId.equals(server.path("clientId").asText())) {
                return server;
            }
        }
        throw new AssertionError("no MCP server " + clientId);
    }

    /** Calls the domain's part of AM's management API, which begins after the domain's id; the body may be null. */
    public Http.Answer manage(String method, String tail, String body) {
        return host.manage(method, path + tail, body);
    }

    /** Calls the engine's settings. */
    public Http.Answer settings(String method, String tail, JsonNode body) {
        return host.manage(method, settings(tail), body == null ? null : body.toString());
    }

    private String settings(String tail) {
        return path + "/authorization-engines/" + engine + "/settings" + tail;
    }

    private JsonNode done(String method, String whole, JsonNode body) {
        Http.Answer answer = host.manage(method, whole, body == null ? null : body.toString());
        if (answer.status() >= 300) {
            throw new AssertionError(method + " " + whole + ": " + answer.status() + " " + answer.body());
        }
        return answer.json();
    }

    /** The audit entries of decisions. */
    public JsonNode audits() {
        return host.audits(place);
    }

    /** A user with a browser of his own, and an application that acts for him. */
    public UserAgent user(String name, String clientId, String resource) {
        return new UserAgent(place.base(), name, clientId, resource);
    }

    /** An MCP server that asks, with its own credentials. */
    public McpServer server(String clientId) {
        return McpServer.basic(place.base(), clientId);
    }

    /** Somebody who asks with a Bearer token. */
    public McpServer bearing(String token) {
        return McpServer.bearing(place.base(), token);
    }

    @Override
    public void close() {
        host.remove(place);
        host.close();
    }
}
