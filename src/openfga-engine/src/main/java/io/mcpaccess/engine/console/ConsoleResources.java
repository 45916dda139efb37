package io.mcpaccess.engine.console;

import io.gravitee.am.service.AuditService;
import io.mcpaccess.engine.store.EngineStore;
import io.mcpaccess.registry.McpRegistry;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.springframework.context.ApplicationContext;

/** Makes the console's resource. The one door to this package, so that JAX-RS is not touched on a gateway. */
public final class ConsoleResources {

    private ConsoleResources() {}

    /**
     * Makes the resource of one engine.
     *
     * @param store its store
     * @param storeName how the store is called in the audit
     * @param shadow which refusals are recorded instead of enforced, for the engine's health
     * @param domain told the domain of a path, once it was found to have this engine
     * @param context where AM's beans are looked up, when they are needed
     * @param registry the resource below {@code mcp}, and how calls of this engine are answered
     * @return the resource
     */
    public static Object create(
            EngineStore store,
            String storeName,
            ShadowMode shadow,
            Consumer<String> domain,
            ApplicationContext context,
            McpRegistry registry) {
        Supplier<AuditService> audit =
                () -> context.getBeanProvider(AuditService.class).getIfAvailable();
        return new ConsoleResource(store, shadow, new ConsoleAudit(audit, storeName), domain, registry);
    }
}
