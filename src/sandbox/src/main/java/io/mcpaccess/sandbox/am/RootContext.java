package io.mcpaccess.sandbox.am;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gravitee.am.authorizationengine.api.AuthorizationEngine;
import io.gravitee.am.plugins.dataplane.core.DataPlaneRegistry;
import io.gravitee.plugin.api.PluginDeploymentContextFactory;
import io.gravitee.plugin.core.api.Plugin;
import io.gravitee.plugin.core.api.PluginClassLoaderFactory;
import io.gravitee.plugin.core.internal.CachedPluginClassLoaderFactory;
import io.gravitee.plugin.policy.internal.PolicyPluginHandler;
import io.gravitee.plugin.policy.spring.PolicyPluginConfiguration;
import io.mcpaccess.sandbox.data.Tables;
import io.mcpaccess.sandbox.node.NodeHealth;
import io.mcpaccess.sandbox.plugin.AmPluginHandler;
import io.mcpaccess.sandbox.plugin.AuthorizationEnginePlugins;
import io.mcpaccess.sandbox.shared.NodeSettings;
import java.time.Clock;
import java.util.Map;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** The beans that both nodes have in their root context. */
public final class RootContext {
    private RootContext() {}

    /**
     * Makes a context with the common beans; the node adds its own and refreshes it.
     *
     * @param settings the node's settings
     * @param clock the time
     * @return the context, not yet refreshed
     */
    public static AnnotationConfigApplicationContext create(NodeSettings settings, Clock clock) {
        AnnotationConfigApplicationContext root = new AnnotationConfigApplicationContext();
        root.setClassLoader(Plugin.class.getClassLoader());
        root.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("gravitee.yml", Map.copyOf(settings.properties())));
        ObjectMapper mapper = JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        Tables tables = Tables.of(settings.database(), mapper);
        ScopeApprovals approvals = new ScopeApprovals(tables, clock);
        DataPlaneRegistry dataPlanes = domain -> approvals;

        root.registerBean("clock", Clock.class, () -> clock);
        root.registerBean("objectMapper", ObjectMapper.class, () -> mapper);
        root.registerBean("tables", Tables.class, () -> tables);
        root.registerBean("eventManager", DomainEventManager.class, DomainEventManager::new);
        root.registerBean("secretService", HashedSecretService.class, () -> new HashedSecretService(clock));
        root.registerBean("auditService", TableAuditService.class, () -> new TableAuditService(tables, mapper, clock));
        root.registerBean(
                "protectedResourceRepository",
                TableRepositories.ProtectedResources.class,
                () -> new TableRepositories.ProtectedResources(tables, settings.forgetToolsAtStart()));
        root.registerBean(
                "authorizationEngineRepository",
                TableRepositories.AuthorizationEngines.class,
                () -> new TableRepositories.AuthorizationEngines(tables));
        root.registerBean("scopeApprovalService", ScopeApprovals.class, () -> approvals);
        root.registerBean("dataPlaneRegistry", DataPlaneRegistry.class, () -> dataPlanes);
        root.registerBean("scopeService", TableScopeService.class, () -> new TableScopeService(tables, clock));
        root.registerBean(
                "domainReadService",
                TableDomainReadService.class,
                () -> new TableDomainReadService(tables, settings.properties().get("gateway.url")));
        root.registerBean(
                "applicationService", TableApplicationService.class, () -> new TableApplicationService(tables));
        root.registerBean("identityProviderRepository", IdentityProviders.class, () -> new IdentityProviders(tables));
        root.registerBean("probeManager", NodeHealth.class, NodeHealth::new);
        root.registerBean(
                "protectedResourceService",
                TableProtectedResourceService.class,
                () -> new TableProtectedResourceService(
                        tables,
                        settings.events(),
                        clock,
                        Integer.parseInt(settings.properties().getOrDefault("sandbox.failures.servers", "0"))));
        registerPluginHandling(root);
        return root;
    }

    private static void registerPluginHandling(AnnotationConfigApplicationContext root) {
        PluginDeploymentContextFactory<?> openSource = () -> feature -> feature == null;
        CachedPluginClassLoaderFactory<Plugin> loaders = new CachedPluginClassLoaderFactory<>();
        AuthorizationEnginePlugins engines = new AuthorizationEnginePlugins(root);
        root.registerBean("pluginDeploymentContextFactory", PluginDeploymentContextFactory.class, () -> openSource);
        root.registerBean(
                "pluginClassLoaderFactory",
                PluginClassLoaderFactory.class,
                () -> loaders,
                bean -> bean.setPrimary(true));
        root.registerBean("authorizationEnginePlugins", AuthorizationEnginePlugins.class, () -> engines);
        root.registerBean(
                "authorizationEnginePluginHandler",
                AmPluginHandler.class,
                () -> new AmPluginHandler<>(
                        AuthorizationEnginePlugins.TYPE, AuthorizationEngine.class, engines, loaders));
        root.register(PolicyPluginConfiguration.class);
        root.registerBean("policyPluginHandler", PolicyPluginHandler.class, PolicyPluginHandler::new);
    }
}
