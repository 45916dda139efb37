package io.mcpaccess.registry.impact;

import io.mcpaccess.core.decision.AccessSettings;
import io.mcpaccess.core.decision.CheckMapping;
import io.mcpaccess.openfga.StoreSnapshot;
import io.mcpaccess.registry.am.DomainApplication;
import io.mcpaccess.registry.plan.RegisteredServer;
import java.util.List;
import java.util.Objects;

/**
 * A domain at one moment: as it is, or as it would be.
 *
 * @param servers its MCP servers with their tools
 * @param applications the applications that can get tokens
 * @param access the engine's settings
 * @param mapping which relation stands for a tool call
 * @param permissions the engine's store
 */
public record ImpactSide(
        List<RegisteredServer> servers,
        List<DomainApplication> applications,
        AccessSettings access,
        CheckMapping mapping,
        StoreSnapshot permissions) {

    /** Nothing is null; lists are copied. */
    public ImpactSide {
        servers = List.copyOf(servers);
        applications = List.copyOf(applications);
        Objects.requireNonNull(access, "access");
        Objects.requireNonNull(mapping, "mapping");
        Objects.requireNonNull(permissions, "permissions");
    }
}
