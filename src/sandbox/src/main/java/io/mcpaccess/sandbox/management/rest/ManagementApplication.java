package io.mcpaccess.sandbox.management.rest;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.gravitee.am.management.service.AuditService;
import io.gravitee.plugin.core.api.ConfigurablePluginManager;
import io.gravitee.plugin.policy.PolicyPlugin;
import io.mcpaccess.sandbox.data.Tables;
import io.mcpaccess.sandbox.management.am.Engines;
import io.mcpaccess.sandbox.management.am.FlowService;
import io.mcpaccess.sandbox.plugin.AuthorizationEnginePlugins;
import io.mcpaccess.sandbox.shared.EventBus;
import jakarta.ws.rs.ext.ContextResolver;
import java.time.Clock;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.glassfish.jersey.jackson.JacksonFeature;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
import org.springframework.context.ApplicationContext;

/** The Jersey application of the management API. */
public final class ManagementApplication extends ResourceConfig {
    /** Warns about every resource that is given as an object; kept here because java.util.logging holds loggers weakly. */
    private static final Logger PROVIDERS = Logger.getLogger("org.glassfish.jersey.internal.inject.Providers");

    /**
     * Makes the application.
     *
     * @param root the node's root context
     * @param engines the engines of this node
     * @param bus tells the gateways
     */
    public ManagementApplication(ApplicationContext root, Engines engines, EventBus bus) {
        Tables tables = root.getBean(Tables.class);
        Sessions sessions = new Sessions(tables, root.getBean(Clock.class));
        Access access = new Access(tables);
        PROVIDERS.setLevel(Level.SEVERE);
        property(ServerProperties.WADL_FEATURE_DISABLE, true);
        register(JacksonFeature.withoutExceptionMappers());
        register(new Mapper());
        register(new AuthenticationFilter(sessions));
        register(new FailureMapper());
        register(new UnreadableBodyMapper());
        register(new UnexpectedFaultMapper());
        register(new TokenResource(sessions));
        register(new LoginResource(sessions));
        register(new EnginePluginsResource(root.getBean(AuthorizationEnginePlugins.class)));
        register(new DomainsResource(access, tables));
        register(new EnginesResource(
                access, engines, root.getBean(AuthorizationEnginePlugins.class), new ObjectMapper()));
        register(new ProtectedResourcesResource(
                access, root.getBean(io.gravitee.am.service.ProtectedResourceService.class)));
        register(new ScopesResource(access, tables, root.getBean(io.gravitee.am.service.ScopeService.class)));
        register(new UsersResource(access, tables));
        register(new AuditsResource(access, root.getBean(AuditService.class)));
        register(new ApplicationsResource(access, tables));
        register(new FlowsResource(access, new FlowService(tables, bus, root.getBean(Clock.class)), policies(root)));
        register(new FormsResource(access, tables, bus, root.getBean(Clock.class)));
        register(new PolicyPluginsResource(policies(root)));
    }

    /**
     * The policies of this node.
     *
     * @param root the node's root context
     * @return the manager that gravitee-plugin-policy registers
     */
    @SuppressWarnings("unchecked")
    public static ConfigurablePluginManager<PolicyPlugin<?>> policies(ApplicationContext root) {
        return root.getBean("policyManager", ConfigurablePluginManager.class);
    }

    /** AM's ObjectMapperResolver. */
    private static final class Mapper implements ContextResolver<ObjectMapper> {
        private final ObjectMapper mapper = JsonMapper.builder()
                .addModules(new Jdk8Module(), new JavaTimeModule())
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();

        @Override
        public ObjectMapper getContext(Class<?> type) {
            return mapper;
        }
    }
}
