package io.mcpaccess.sandbox.config;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpaccess.sandbox.data.ApplicationRow;
import io.mcpaccess.sandbox.data.DomainRow;
import io.mcpaccess.sandbox.data.EngineRow;
import io.mcpaccess.sandbox.data.FlowRow;
import io.mcpaccess.sandbox.data.Ids;
import io.mcpaccess.sandbox.data.ProviderRow;
import io.mcpaccess.sandbox.data.ScopeRow;
import io.mcpaccess.sandbox.data.Secrets;
import io.mcpaccess.sandbox.data.StepRow;
import io.mcpaccess.sandbox.data.UserRow;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** Reads one domain of the file. For one thread. */
final class DomainReader {
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9_-]*");
    /** Those of io.gravitee.am.model.flow.Type that the sandbox runs. */
    private static final Set<String> EXTENSION_POINTS =
            Set.of("ROOT", "PRE_CONSENT", "POST_CONSENT", "PRE_TOKEN", "POST_TOKEN");

    private static final List<String> SYSTEM_SCOPES = List.of("openid", "profile", "email", "offline_access");

    private final Section section;
    private final Mistakes mistakes;
    private final Path base;
    private final ObjectMapper mapper;
    private final NodeJson json;
    private final long now;

    DomainReader(Section section, Mistakes mistakes, Path base, ObjectMapper mapper, Clock clock) {
        this.section = section;
        this.mistakes = mistakes;
        this.base = base;
        this.mapper = mapper;
        this.json = new NodeJson(mapper);
        this.now = clock.millis();
    }

    DomainSeed read() {
        String id = section.text("id", "id: demo");
        check("id", id);
        String hrid = section.has("hrid") ? section.text("hrid") : id;
        check("hrid", hrid);
        List<ProviderRow> providers = new ArrayList<>();
        List<UserRow> users = users(id, providers);
        List<ScopeRow> scopes = scopes(id);
        ClientReader clients = new ClientReader(id, mistakes, now);
        PagesReader pages = new PagesReader(mistakes, base, mapper, now);
        List<ApplicationRow> applications = clients.applications(section.sections("applications"));
        DomainRow domain = new DomainRow(
                id,
                hrid,
                section.has("name") ? section.text("name") : hrid,
                section.text("entrypoint"),
                section.section("customClaims").flattened(),
                providers,
                redirects(),
                new RegistrationReader(mistakes, applications).read(section.section("oidc")),
                new DomainRow.Consent(
                        section.flag("consentPerScope", false), pages.dictionaries(section.section("dictionaries"))),
                now);
        DomainSeed seed = new DomainSeed(
                domain,
                users,
                scopes,
                applications,
                clients.protectedResources(section.sections("protectedResources")),
                engines(id),
                flows(id),
                pages.forms(id, section.section("forms")),
                new ApprovalReader(id, users, mistakes, now).read(section.sections("approvals")));
        section.end();
        return seed;
    }

    private void check(String key, String value) {
        if (!value.isEmpty() && !ID.matcher(value).matches()) {
            mistakes.add(
                    section.at(key),
                    "the domain " + key + " '" + value + "' cannot be a path",
                    "use lower-case letters, digits, '-' and '_'");
        }
    }

    private List<UserRow> users(String domain, List<ProviderRow> providers) {
        List<UserRow> users = new ArrayList<>();
        String defaultId = "default-idp-" + domain;
        if (section.has("users") || !section.has("identityProviders")) {
            providers.add(new ProviderRow(defaultId, "Default identity provider"));
            users.addAll(users(domain, defaultId, section.sections("users")));
        }
        for (Section provider : section.sections("identityProviders")) {
            String id = provider.text("id", "id: staff");
            if (providers.stream().anyMatch(p -> p.id().equals(id))) {
                mistakes.add(provider.at("id"), "the identity provider '" + id + "' stands twice", "keep one");
            }
            providers.add(new ProviderRow(id, provider.has("name") ? provider.text("name") : id));
            users.addAll(users(domain, id, provider.sections("users")));
            provider.end();
        }
        return users;
    }

    private List<UserRow> users(String domain, String source, List<Section> sections) {
        List<UserRow> users = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Section user : sections) {
            String name = user.text("username", "username: alice");
            if (!names.add(name)) {
                mistakes.add(user.at("username"), "the user '" + name + "' stands twice", "keep one");
            }
            String id = Ids.of("user", domain, source + "/" + name);
            users.add(new UserRow(
                    id,
                    domain,
                    source,
                    user.has("externalId") ? user.text("externalId") : id,
                    name,
                    Secrets.hash(user.text("password", "password: wonderland")),
                    user.text("email"),
                    user.flag("enabled", true)));
            user.end();
        }
        return users;
    }

    private List<ScopeRow> scopes(String domain) {
        Map<String, ScopeRow> scopes = new LinkedHashMap<>();
        for (String key : SYSTEM_SCOPES) {
            scopes.put(
                    key,
                    new ScopeRow(
                            Ids.of("scope", domain, key),
                            domain,
                            key,
                            key,
                            null,
                            null,
                            null,
                            true,
                            false,
                            true,
                            now,
                            now));
        }
        for (Section scope : section.sections("scopes")) {
            String key = scope.text("key", "key: \"invoices:read\"");
            ScopeRow row = new ScopeRow(
                    Ids.of("scope", domain, key),
                    domain,
                    key,
                    scope.has("name") ? scope.text("name") : key,
                    scope.text("description"),
                    scope.text("iconUri"),
                    scope.has("expiresIn") ? scope.integer("expiresIn", 3600, 1, Integer.MAX_VALUE) : null,
                    scope.flag("discovery", false),
                    scope.flag("parameterized", false),
                    false,
                    now,
                    now);
            if (scopes.put(key, row) != null && !SYSTEM_SCOPES.contains(key)) {
                mistakes.add(scope.at("key"), "the scope '" + key + "' stands twice", "keep one");
            }
            scope.end();
        }
        return List.copyOf(scopes.values());
    }

    /** AM refuses both until they are switched on. */
    private DomainRow.RedirectRules redirects() {
        Section rules = section.section("redirectUris");
        DomainRow.RedirectRules redirects = new DomainRow.RedirectRules(
                rules.flag("allowLocalhost", false),
                rules.flag("allowHttp", false),
                rules.flag("allowWildCard", false));
        rules.end();
        return redirects;
    }

    private List<EngineRow> engines(String domain) {
        if (!section.has("authorizationEngine")) {
            return List.of();
        }
        Section engine = section.section("authorizationEngine");
        String type = engine.text("type", "type: openfga");
        String name = engine.has("name") ? engine.text("name") : type;
        EngineRow row =
                new EngineRow(Ids.of("engine", domain, type), domain, type, name, configuration(engine), now, now);
        engine.end();
        return List.of(row);
    }

    private List<FlowRow> flows(String domain) {
        List<FlowRow> flows = new ArrayList<>();
        for (Section flow : section.sections("flows")) {
            String point = flow.text("extensionPoint", "extensionPoint: PRE_TOKEN");
            if (!point.isEmpty() && !EXTENSION_POINTS.contains(point)) {
                mistakes.add(
                        flow.at("extensionPoint"),
                        "there is no extension point '" + point + "'",
                        "it is one of " + String.join(", ", new java.util.TreeSet<>(EXTENSION_POINTS)));
            }
            String policy = flow.text("policy", "policy: mcp-tool-access");
            String name = flow.has("name") ? flow.text("name") : policy;
            StepRow step = new StepRow(
                    name, policy, null, configuration(flow), flow.flag("enabled", true), flow.text("condition"));
            boolean isPost = point.startsWith("POST_");
            flows.add(new FlowRow(
                    Ids.of("flow", domain, String.valueOf(flows.size())),
                    domain,
                    flows.size(),
                    point.replaceFirst("^(PRE|POST)_", ""),
                    name,
                    null,
                    true,
                    isPost ? List.of() : List.of(step),
                    isPost ? List.of(step) : List.of(),
                    now,
                    now));
            flow.end();
        }
        return flows;
    }

    private String configuration(Section owner) {
        Node node = owner.raw("configuration");
        if (node == null) {
            return "{}";
        }
        if (node instanceof MappingNode) {
            return json.write(node);
        }
        mistakes.add(
                node,
                "'configuration' of " + owner.path() + " is not a mapping",
                "write configuration: {mode: observe}");
        return "{}";
    }
}
