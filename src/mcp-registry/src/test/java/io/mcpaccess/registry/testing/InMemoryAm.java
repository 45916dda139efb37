package io.mcpaccess.registry.testing;

import io.gravitee.am.dataplane.api.repository.ScopeApprovalRepository;
import io.gravitee.am.identityprovider.api.DefaultUser;
import io.gravitee.am.identityprovider.api.User;
import io.gravitee.am.management.service.PermissionService;
import io.gravitee.am.management.service.permissions.PermissionAcls;
import io.gravitee.am.management.service.permissions.Permissions;
import io.gravitee.am.model.Application;
import io.gravitee.am.model.AuthorizationEngine;
import io.gravitee.am.model.Domain;
import io.gravitee.am.model.McpTool;
import io.gravitee.am.model.ProtectedResource;
import io.gravitee.am.model.ProtectedResourcePrimaryData;
import io.gravitee.am.model.ProtectedResourceSecret;
import io.gravitee.am.model.application.ApplicationScopeSettings;
import io.gravitee.am.model.common.Page;
import io.gravitee.am.model.oauth2.Scope;
import io.gravitee.am.model.oidc.Client;
import io.gravitee.am.model.permissions.Permission;
import io.gravitee.am.plugins.dataplane.core.DataPlaneRegistry;
import io.gravitee.am.reporter.api.audit.model.Audit;
import io.gravitee.am.repository.management.api.AuthorizationEngineRepository;
import io.gravitee.am.service.ApplicationService;
import io.gravitee.am.service.AuditService;
import io.gravitee.am.service.DomainReadService;
import io.gravitee.am.service.ProtectedResourceService;
import io.gravitee.am.service.ScopeService;
import io.gravitee.am.service.exception.AbstractManagementException;
import io.gravitee.am.service.model.NewMcpTool;
import io.gravitee.am.service.model.NewProtectedResource;
import io.gravitee.am.service.model.NewScope;
import io.gravitee.am.service.model.PatchProtectedResource;
import io.gravitee.am.service.model.UpdateMcpTool;
import io.mcpaccess.contract.AuditEntry;
import io.mcpaccess.registry.am.AdmittedCaller;
import io.mcpaccess.registry.am.AmBeans;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.mockito.Mockito;

/**
 * AM's services with AM's checks, over maps: Mockito mocks, so that a test can make one of them fail or count its calls. A
 * listing leaves tools out, as AM's does on relational databases.
 */
public final class InMemoryAm implements AmBeans {

    /** The one domain that there is. */
    public static final String DOMAIN = "domain-1";

    /** Its one authorization engine. */
    public static final String ENGINE = "engine-1";

    public final ProtectedResourceService resources = Mockito.mock(ProtectedResourceService.class);
    public final ScopeService scopes = Mockito.mock(ScopeService.class);
    public final ScopeApprovalRepository approvals = Mockito.mock(ScopeApprovalRepository.class);
    public final Map<String, ProtectedResource> storedResources = new ConcurrentHashMap<>();
    public final Map<String, Scope> storedScopes = new ConcurrentHashMap<>();
    public final List<Application> applications = new CopyOnWriteArrayList<>();
    public final Set<Permission> granted = EnumSet.allOf(Permission.class);
    public final List<String> calls = new CopyOnWriteArrayList<>();

    public final List<AuditEntry> audited = new CopyOnWriteArrayList<>();

    /** AM's audit log, the newest entry first. */
    public final List<Audit> log = new CopyOnWriteArrayList<>();

    private final Map<Class<?>, Object> beans = new HashMap<>();
    private final AtomicInteger ids = new AtomicInteger();

    /** An AM with an empty domain, whose caller may do everything. */
    public InMemoryAm() {
        beans.put(ProtectedResourceService.class, resources);
        beans.put(ScopeService.class, scopes);
        beans.put(PermissionService.class, new Granted());
        beans.put(DomainReadService.class, (DomainReadService)
                id -> DOMAIN.equals(id) ? Maybe.just(domain()) : Maybe.empty());
        beans.put(ApplicationService.class, (ApplicationService) id -> Single.just(new HashSet<>(applications)));
        beans.put(DataPlaneRegistry.class, (DataPlaneRegistry) domain -> approvals);
        beans.put(AuthorizationEngineRepository.class, engines());
        beans.put(AuditService.class, (AuditService) entry -> audited.add(entry.toContractEntry()));
        beans.put(io.gravitee.am.management.service.AuditService.class, audits());
        stubResources();
        stubScopes();
        Mockito.when(approvals.deleteByDomainAndScopeKey(Mockito.anyString(), Mockito.anyString()))
                .thenAnswer(call -> Completable.fromAction(() -> calls.add("withdraw " + call.getArgument(1))));
    }

    /** Makes protected resources work again after a test made them fail. */
    public void repairResources() {
        Mockito.reset(resources);
        stubResources();
    }

    /** Makes scopes work again after a test made them fail. */
    public void repairScopes() {
        Mockito.reset(scopes);
        stubScopes();
    }

    private void stubResources() {
        Mockito.when(resources.findByDomain(Mockito.anyString()))
                .thenAnswer(call -> Flowable.fromIterable(storedResources.values().stream()
                        .filter(each -> each.getDomainId().equals(call.getArgument(0)))
                        .map(InMemoryAm::withoutTools)
                        .toList()));
        Mockito.when(resources.findById(Mockito.anyString()))
                .thenAnswer(call ->
                        Maybe.fromOptional(Optional.ofNullable(storedResources.get(call.<String>getArgument(0)))));
        Mockito.when(resources.create(Mockito.any(), Mockito.any(), Mockito.any()))
                .thenAnswer(call -> Single.fromCallable(() -> create(call.getArgument(0), call.getArgument(2))));
        Mockito.when(resources.patch(Mockito.any(), Mockito.anyString(), Mockito.any(), Mockito.any()))
                .thenAnswer(call -> Single.fromCallable(() -> patch(call.getArgument(1), call.getArgument(2))));
    }

    private void stubScopes() {
        Mockito.when(scopes.create(Mockito.any(), Mockito.any(NewScope.class), Mockito.any()))
                .thenAnswer(call -> Single.fromCallable(() -> create(call.<NewScope>getArgument(1))));
        Mockito.when(scopes.findByDomainAndKey(Mockito.anyString(), Mockito.anyString()))
                .thenAnswer(
                        call -> Maybe.fromOptional(Optional.ofNullable(storedScopes.get(call.<String>getArgument(1)))));
        Mockito.when(scopes.findByDomainAndKeys(Mockito.anyString(), Mockito.anyList()))
                .thenAnswer(call -> Single.just(call.<List<String>>getArgument(1).stream()
                        .map(storedScopes::get)
                        .filter(Objects::nonNull)
                        .toList()));
    }

    private static AuthorizationEngineRepository engines() {
        AuthorizationEngineRepository engines = Mockito.mock(AuthorizationEngineRepository.class);
        Mockito.when(engines.findByDomainAndId(Mockito.anyString(), Mockito.anyString()))
                .thenReturn(Maybe.empty());
        Mockito.when(engines.findByDomainAndId(DOMAIN, ENGINE)).thenReturn(Maybe.just(new AuthorizationEngine()));
        return engines;
    }

    private io.gravitee.am.management.service.AuditService audits() {
        return (domain, criteria, page, size) -> Single.just(new Page<>(
                log.stream()
                        .filter(each -> criteria.types().contains(each.getType()))
                        .skip((long) page * size)
                        .limit(size)
                        .toList(),
                page,
                log.size()));
    }

    private static Domain domain() {
        Domain domain = new Domain(DOMAIN);
        domain.setReferenceId("e");
        return domain;
    }

    /** Somebody with all rights. */
    public static AdmittedCaller admin() {
        return new AdmittedCaller(new DefaultUser("admin"), domain());
    }

    /** An application whose settings have scopes. */
    public void application(String clientId, String... scopes) {
        Application application = new Application() {
            @Override
            public Client toClient() {
                Client client = super.toClient();
                client.setClientId(clientId);
                client.setScopeSettings(List.of(scopes).stream()
                        .map(scope -> {
                            ApplicationScopeSettings settings = new ApplicationScopeSettings();
                            settings.setScope(scope);
                            return settings;
                        })
                        .toList());
                return client;
            }
        };
        application.setName(clientId + " app");
        applications.add(application);
    }

    /** Takes a bean away. */
    public void without(Class<?> type) {
        beans.remove(type);
    }

    @Override
    public <T> Optional<T> find(Class<T> type) {
        return Optional.ofNullable(type.cast(beans.get(type)));
    }

    private synchronized ProtectedResourceSecret create(Domain domain, NewProtectedResource wanted) {
        List<String> identifiers = wanted.getResourceIdentifiers().stream()
                .map(each -> each.trim().toLowerCase(Locale.ROOT))
                .toList();
        if (storedResources.values().stream()
                .anyMatch(each -> each.getResourceIdentifiers().stream().anyMatch(identifiers::contains))) {
            throw new Refused("Resource identifier already exists");
        }
        ProtectedResource resource = new ProtectedResource();
        resource.setId("server-" + ids.incrementAndGet());
        resource.setClientId("client-of-" + resource.getId());
        resource.setDomainId(domain.getId());
        resource.setName(wanted.getName());
        resource.setDescription(wanted.getDescription());
        resource.setResourceIdentifiers(identifiers);
        resource.setFeatures(wanted.getFeatures().stream()
                .map(each -> tool(each.getKey(), each.getDescription(), ((NewMcpTool) each).getScopes()))
                .toList());
        storedResources.put(resource.getId(), resource);
        calls.add("create " + resource.getName());
        ProtectedResourceSecret secret = new ProtectedResourceSecret();
        secret.setId(resource.getId());
        secret.setName(resource.getName());
        secret.setClientId(resource.getClientId());
        secret.setClientSecret("raw-secret");
        return secret;
    }

    private synchronized ProtectedResourcePrimaryData patch(String id, PatchProtectedResource patch) {
        ProtectedResource resource = new ProtectedResource(storedResources.get(id));
        if (patch.getName() != null) {
            resource.setName(patch.getName().orElseThrow());
        }
        if (patch.getDescription() != null) {
            resource.setDescription(patch.getDescription().orElseThrow());
        }
        if (patch.getResourceIdentifiers() != null) {
            resource.setResourceIdentifiers(patch.getResourceIdentifiers().orElseThrow());
        }
        if (patch.getFeatures() != null) {
            List<McpTool> tools = patch.getFeatures().orElseThrow().stream()
                    .map(each -> tool(each.getKey(), each.getDescription(), ((UpdateMcpTool) each).getScopes()))
                    .toList();
            tools.forEach(tool -> tool.getScopes().forEach(scope -> {
                if (!storedScopes.containsKey(scope)) {
                    throw new Refused("scope " + scope + " is not valid.");
                }
            }));
            resource.setFeatures(tools);
        }
        storedResources.put(id, resource);
        calls.add("patch " + resource.getName());
        return ProtectedResourcePrimaryData.of(resource);
    }

    private synchronized Scope create(NewScope wanted) {
        if (storedScopes.containsKey(wanted.getKey())) {
            throw new Refused("A scope with key " + wanted.getKey() + " already exists");
        }
        Scope scope = new Scope(wanted.getKey());
        scope.setName(wanted.getName());
        scope.setDescription(wanted.getDescription());
        storedScopes.put(scope.getKey(), scope);
        calls.add("scope " + scope.getKey());
        return scope;
    }

    private static McpTool tool(String key, String description, List<String> scopes) {
        McpTool tool = new McpTool();
        tool.setKey(key);
        tool.setDescription(description == null ? null : description.trim());
        tool.setScopes(scopes);
        return tool;
    }

    private static ProtectedResource withoutTools(ProtectedResource resource) {
        ProtectedResource listed = new ProtectedResource(resource);
        listed.setFeatures(null);
        return listed;
    }

    /** What AM says no to. */
    public static final class Refused extends AbstractManagementException {

        private static final long serialVersionUID = 1L;

        /** A refusal with AM's words. */
        public Refused(String message) {
            super(message);
        }

        @Override
        public int getHttpStatusCode() {
            return 400;
        }
    }

    private final class Granted extends PermissionService {

        @Override
        public Single<Boolean> hasPermission(User user, PermissionAcls wanted) {
            Set<Permission> permissions = ((Permissions.AnyOf) wanted)
                    .alternatives().stream()
                            .map(each -> ((Permissions.RequiredPermission) each).permission())
                            .collect(Collectors.toSet());
            return Single.just(granted.containsAll(permissions));
        }
    }
}
