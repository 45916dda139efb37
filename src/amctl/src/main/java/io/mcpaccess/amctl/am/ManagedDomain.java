package io.mcpaccess.amctl.am;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.amctl.terminal.CommandFailure;
import io.mcpaccess.amctl.terminal.ExitCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * One domain over AM's management API. Paths and bodies are those of AM's resources of the same names in
 * {@code io.gravitee.am.management.handlers.management.api.resources.organizations.environments.domains}: DomainsResource,
 * DomainResource, AuthorizationEnginesResource, FlowsResource, FormsResource, FormResource, ApplicationsResource,
 * ProtectedResourceFlowsResource. Not for many threads.
 */
public final class ManagedDomain {
    private static final String ENGINE_TYPE = "openfga";

    private final AmClient am;
    private final String path;
    private final String id;
    private String settings;

    /** A domain by AM's id of it, at its path below the management API; see {@link ManagedDomains}. */
    ManagedDomain(AmClient am, String path, String id) {
        this.am = am;
        this.path = path;
        this.id = id;
    }

    /**
     * The domain's id.
     *
     * @return AM's id
     */
    public String id() {
        return id;
    }

    /**
     * The domain as the caller may see it.
     *
     * @return AM's Domain
     */
    public JsonNode read() {
        return am.get(path);
    }

    /**
     * Changes the domain (AM's PatchDomain).
     *
     * @param patch what changes
     */
    public void patch(ObjectNode patch) {
        am.call("PATCH", path, patch);
    }

    /**
     * The domain's OpenFGA engine.
     *
     * @return the engine, empty where there is none
     */
    public Optional<JsonNode> engine() {
        for (JsonNode engine : am.get(path + "/authorization-engines")) {
            if (ENGINE_TYPE.equals(engine.path("type").asText())) {
                return Optional.of(engine);
            }
        }
        return Optional.empty();
    }

    /**
     * The path of the engine's settings.
     *
     * @return the path below the management API
     * @throws CommandFailure if there is no engine
     */
    public String settings() {
        if (settings == null) {
            settings = settingsOfEngine();
        }
        return settings;
    }

    private String settingsOfEngine() {
        String engine = engine().map(found -> found.path("id").asText())
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.FAILED,
                        "The domain has no OpenFGA engine. Add one in the console, or with amctl protect."));
        return path + "/authorization-engines/" + AmClient.encoded(engine) + "/settings";
    }

    /**
     * Adds an OpenFGA engine.
     *
     * @param name its name
     * @param configuration the plugin's configuration
     * @return AM's id of it
     */
    public String addEngine(String name, JsonNode configuration) {
        ObjectNode body =
                Json.object().put("type", ENGINE_TYPE).put("name", name).put("configuration", configuration.toString());
        return am.call("POST", path + "/authorization-engines", body).path("id").asText();
    }

    /**
     * Removes an engine.
     *
     * @param engine AM's id of it
     */
    public void removeEngine(String engine) {
        am.call("DELETE", path + "/authorization-engines/" + AmClient.encoded(engine), null);
    }

    /**
     * The domain's flows, those without id are AM's empty ones.
     *
     * @return AM's FlowEntity list
     */
    public JsonNode flows() {
        return am.get(path + "/flows");
    }

    /**
     * The flows of single MCP servers (AM 4.13 and later). They run for tokens that a server gets as a client itself.
     *
     * @return by the server's name, those that have any; empty on an AM that has no such flows, or without the right to read them
     */
    public Map<String, JsonNode> flowsOfMcpServers() {
        Map<String, JsonNode> flows = new LinkedHashMap<>();
        try {
            for (JsonNode server : AmPages.all(am, path + "/protected-resources?type=MCP_SERVER")) {
                JsonNode own = am.get(path + "/protected-resources/"
                        + AmClient.encoded(server.path("id").asText()) + "/flows");
                if (own.isArray() && !own.isEmpty()) {
                    flows.put(server.path("name").asText(), own);
                }
            }
        } catch (AmFailure e) {
            return Map.of();
        }
        return flows;
    }

    /**
     * Makes the domain's flows what the list says: AM deletes what is missing.
     *
     * @param flows AM's service Flow list
     */
    public void writeFlows(JsonNode flows) {
        am.call("PUT", path + "/flows", flows);
    }

    /**
     * The consent form; without id it is AM's own page.
     *
     * @return AM's Form
     */
    public JsonNode consentForm() {
        return am.get(path + "/forms?template=OAUTH2_USER_CONSENT");
    }

    /**
     * Puts a consent form in.
     *
     * @param content Thymeleaf text
     */
    public void addConsentForm(String content) {
        ObjectNode body = Json.object()
                .put("template", "OAUTH2_USER_CONSENT")
                .put("enabled", true)
                .put("content", content);
        am.call("POST", path + "/forms", body);
    }

    /**
     * Removes a form.
     *
     * @param form AM's id of it
     */
    public void removeForm(String form) {
        am.call("DELETE", path + "/forms/" + AmClient.encoded(form), null);
    }

    /**
     * The domain's applications with their settings: one request for each.
     *
     * @param progress hears how many of how many are read
     * @return AM's Application list
     */
    public List<JsonNode> applications(BiConsumer<Integer, Integer> progress) {
        List<JsonNode> listed = AmPages.all(am, path + "/applications");
        List<JsonNode> applications = new ArrayList<>();
        for (JsonNode application : listed) {
            applications.add(am.get(path + "/applications/"
                    + AmClient.encoded(application.path("id").asText())));
            progress.accept(applications.size(), listed.size());
        }
        return applications;
    }

    /**
     * The engine's configuration, its secrets masked.
     *
     * @return the plugin's members; empty where there is no engine
     */
    public JsonNode engineConfiguration() {
        return engine().map(engine -> am.get(path + "/authorization-engines/"
                        + AmClient.encoded(engine.path("id").asText())))
                .map(engine -> Json.read(engine.path("configuration").asText("{}")))
                .orElseGet(Json::object);
    }

    /**
     * The engine's own page.
     *
     * @return its settings, store and registry
     * @throws CommandFailure if there is no engine
     */
    public AmEngine openEngine() {
        return new AmEngine(am, settings());
    }

    /**
     * The domain's scopes.
     *
     * @return AM's Scope list
     */
    public List<JsonNode> scopes() {
        return AmPages.all(am, path + "/scopes");
    }

    /**
     * The domain's audit log.
     *
     * @return what AM wrote down of decisions
     */
    public AmAudits audits() {
        return new AmAudits(am, path);
    }

    /**
     * The domain's users.
     *
     * @return what AM knows of them and their approvals
     */
    public AmUsers users() {
        return new AmUsers(am, path);
    }

    /**
     * The plugins of the management node.
     *
     * @return what AM says of them
     */
    public AmPlugins plugins() {
        return new AmPlugins(am);
    }
}
