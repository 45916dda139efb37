package io.mcpaccess.registry.am;

import io.gravitee.am.model.Application;
import io.gravitee.am.model.ProtectedResource;
import io.gravitee.am.model.application.ApplicationScopeSettings;
import io.gravitee.am.model.oauth2.Scope;
import io.gravitee.am.model.oidc.Client;
import io.gravitee.am.service.ApplicationService;
import io.gravitee.am.service.ProtectedResourceService;
import io.gravitee.am.service.ScopeService;
import io.mcpaccess.registry.plan.DefinedScope;
import io.mcpaccess.registry.plan.DomainState;
import io.mcpaccess.registry.plan.RegisteredServer;
import io.mcpaccess.registry.plan.RegisteredTool;
import io.mcpaccess.registry.plan.RegistryException;
import io.mcpaccess.registry.plan.ScopeLookup;
import io.mcpaccess.support.McpServerReader;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what a domain has. */
public final class AmDomains {

    private final AmServices services;

    /**
     * A reader of one node.
     *
     * @param services AM's services
     */
    public AmDomains(AmServices services) {
        this.services = services;
    }

    /**
     * The MCP servers of a domain, tools loaded.
     *
     * @param domainId the domain
     * @return the servers by name
     */
    public List<RegisteredServer> servers(String domainId) {
        ProtectedResourceService service = services.need(ProtectedResourceService.class);
        return Await.get(service.findByDomain(domainId).toList()).stream()
                .filter(AmDomains::isMcpServer)
                .flatMap(listed -> loaded(service, listed).stream())
                .filter(full -> domainId.equals(full.getDomainId()))
                .map(AmDomains::server)
                .sorted(Comparator.comparing(RegisteredServer::name).thenComparing(RegisteredServer::id))
                .toList();
    }

    /**
     * One MCP server.
     *
     * @param domainId the domain that it must be of
     * @param id AM's id of it
     * @return the server
     * @throws RegistryException with status 404 if the domain has no such server
     */
    public RegisteredServer server(String domainId, String id) {
        return Await.get(services.need(ProtectedResourceService.class).findById(id))
                .filter(found -> domainId.equals(found.getDomainId()) && isMcpServer(found))
                .map(AmDomains::server)
                .orElseThrow(() -> new RegistryException(404, "The domain has no such MCP server."));
    }

    /** On relational databases a listing leaves the tools out; AM gives them only when asked for one server. */
    private static Optional<ProtectedResource> loaded(ProtectedResourceService service, ProtectedResource listed) {
        return Await.get(service.findById(listed.getId()));
    }

    private static boolean isMcpServer(ProtectedResource resource) {
        return resource.getType() == null || resource.getType() == ProtectedResource.Type.MCP_SERVER;
    }

    private static RegisteredServer server(ProtectedResource resource) {
        List<RegisteredTool> tools = McpServerReader.features(resource)
                .orElseThrow(() -> new RegistryException(
                        503, "AM did not load the tools of the MCP server " + resource.getName() + ". Try again."))
                .stream()
                .map(tool -> new RegisteredTool(tool.getKey(), tool.getDescription(), tool.getScopes()))
                .sorted(Comparator.comparing(RegisteredTool::key))
                .toList();
        return new RegisteredServer(
                resource.getId(),
                resource.getClientId(),
                resource.getName(),
                resource.getDescription(),
                resource.getResourceIdentifiers(),
                tools);
    }

    /**
     * What a plan is made against.
     *
     * @param domainId the domain
     * @return its servers and the scopes that its applications have in their settings
     */
    public DomainState state(String domainId) {
        Set<String> held = new HashSet<>();
        applications(domainId).forEach(application -> held.addAll(application.scopes()));
        return new DomainState(servers(domainId), held);
    }

    /**
     * The applications of a domain that can get tokens.
     *
     * @param domainId the domain
     * @return enabled applications, templates left out, by client id
     */
    public List<DomainApplication> applications(String domainId) {
        return Await.get(services.need(ApplicationService.class).findByDomain(domainId)).stream()
                .filter(application -> application.isEnabled() && !application.isTemplate())
                .flatMap(application -> application(application).stream())
                .sorted(Comparator.comparing(DomainApplication::clientId))
                .toList();
    }

    private static Optional<DomainApplication> application(Application application) {
        Client client = application.toClient();
        if (client == null || client.getClientId() == null) {
            return Optional.empty();
        }
        Set<String> scopes = Stream.ofNullable(client.getScopeSettings())
                .flatMap(Collection::stream)
                .map(ApplicationScopeSettings::getScope)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        String name = application.getName() == null ? client.getClientId() : application.getName();
        return Optional.of(new DomainApplication(client.getClientId(), name, scopes));
    }

    /**
     * The scopes of a domain.
     *
     * @param domainId the domain
     * @return a lookup in it
     */
    public ScopeLookup scopes(String domainId) {
        return keys -> keys.isEmpty() ? Map.of() : defined(domainId, keys);
    }

    private Map<String, DefinedScope> defined(String domainId, Set<String> keys) {
        Map<String, DefinedScope> defined = new LinkedHashMap<>();
        for (Scope scope :
                Await.get(services.need(ScopeService.class).findByDomainAndKeys(domainId, List.copyOf(keys)))) {
            defined.put(scope.getKey(), new DefinedScope(scope.getKey(), scope.getName(), scope.getDescription()));
        }
        return defined;
    }
}
