package io.mcpaccess.registry;

import io.mcpaccess.core.decision.ConditionClock;
import io.mcpaccess.registry.am.AmBeans;
import io.mcpaccess.registry.am.AmDomains;
import io.mcpaccess.registry.am.AmServices;
import io.mcpaccess.registry.am.CallerRights;
import io.mcpaccess.registry.am.DomainCheck;
import io.mcpaccess.registry.am.DomainLocks;
import io.mcpaccess.registry.am.NodeSetting;
import io.mcpaccess.registry.am.PlanWriter;
import io.mcpaccess.registry.am.RefusedCalls;
import io.mcpaccess.registry.am.ServerRegistration;
import io.mcpaccess.registry.am.ViewAudit;
import io.mcpaccess.registry.impact.ImpactRequest;
import io.mcpaccess.registry.impact.ImpactService;
import io.mcpaccess.registry.map.AccessMap;
import io.mcpaccess.registry.map.EngineView;
import io.mcpaccess.registry.map.ModelProbe;
import io.mcpaccess.registry.page.PageViews;
import io.mcpaccess.registry.plan.ToolNames;
import io.mcpaccess.registry.remote.AddressRules;
import io.mcpaccess.registry.remote.LiveServers;
import java.net.InetAddress;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.context.ApplicationContext;

/**
 * The registry of one engine provider, on the management API. AM's beans are looked up when a call needs them; where one is
 * missing that call answers 501. Created when the management resource is asked for, closed with the provider.
 */
public final class McpRegistry implements AutoCloseable {

    private static final String ALLOW_PRIVATE = "mcp.import.allowPrivateNetworks";

    private final ConditionClock clock;
    private final Calls calls;
    private final DomainCheck domainCheck;
    private final LiveServers live;
    private final McpRegistryResource resource;

    /**
     * A registry that finds AM's beans and settings in an application context.
     *
     * @param context the plugin's own, a child of the node's
     * @param engine the engine that it belongs to
     * @return the registry
     */
    public static McpRegistry of(ApplicationContext context, EngineView engine) {
        AmBeans beans = new AmBeans() {
            @Override
            public <T> Optional<T> find(Class<T> type) {
                return Optional.ofNullable(context.getBeanProvider(type).getIfAvailable());
            }
        };
        return new McpRegistry(
                beans, engine, key -> NodeSetting.find(context, key).orElse(null));
    }

    /**
     * A registry.
     *
     * @param beans finds AM's beans
     * @param engine the engine that it belongs to
     * @param property looks up a setting of gravitee.yml ({@code Environment::getProperty}); gives null where it is not
     *     set
     */
    public McpRegistry(AmBeans beans, EngineView engine, Function<String, String> property) {
        AmServices services = new AmServices(beans);
        AmDomains domains = new AmDomains(services);
        ServerRegistration registration = new ServerRegistration(
                domains, new PlanWriter(services), new DomainLocks(), ToolNames.of(engine.access()));
        this.clock = engine.mapping().clock();
        this.calls = new Calls();
        this.domainCheck = new DomainCheck(services);
        this.live = new LiveServers(
                () -> new AddressRules(Boolean.parseBoolean(property.apply(ALLOW_PRIVATE))),
                InetAddress::getAllByName,
                System::nanoTime);
        CallerRights rights = new CallerRights(services);
        MapAnswer map = new MapAnswer(new AccessMap(domains, engine));
        ViewAudit audit = new ViewAudit(services);
        ImpactService impact = new ImpactService(domains, engine, System::nanoTime);
        PageViews views = new PageViews(
                domains,
                engine,
                new RefusedCalls(services),
                (domain, change, step) -> impact.impact(domain, ImpactRequest.read(change), percent -> step.run()),
                Clock.systemUTC(),
                System::nanoTime);
        this.resource = new McpRegistryResource(
                calls,
                rights,
                new ServerWrites(
                        rights, registration, live, new PlannedImpact(rights, impact, audit, System::nanoTime)),
                new ServerListing(domains, new ModelProbe(engine)),
                live,
                domains,
                map,
                new PageAnswer(rights, views, audit, map),
                new ImpactResource(calls, rights, new ImpactAnswer(impact, audit)),
                audit);
    }

    /**
     * The JAX-RS resource for the path {@code mcp} below the engine's settings.
     *
     * @return always the same one, a {@link McpRegistryResource}
     */
    public Object resource() {
        return resource;
    }

    /**
     * How calls of this engine are answered.
     *
     * @return always the same one
     */
    public Calls calls() {
        return calls;
    }

    /**
     * Whether an engine is the domain's.
     *
     * @return the check
     */
    public DomainCheck domainCheck() {
        return domainCheck;
    }

    /**
     * The engine's clock for conditions.
     *
     * @return always the same one
     */
    public ConditionClock clock() {
        return clock;
    }

    /** Stops its threads. Calls under way are interrupted and answered. */
    @Override
    public void close() {
        calls.close();
        live.close();
    }
}
