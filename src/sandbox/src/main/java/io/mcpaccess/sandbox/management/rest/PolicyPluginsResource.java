package io.mcpaccess.sandbox.management.rest;

import io.gravitee.plugin.core.api.ConfigurablePluginManager;
import io.gravitee.plugin.policy.PolicyPlugin;
import io.mcpaccess.sandbox.am.ManagementFailure;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;

/** AM's catalogue of policy plugins, as far as somebody asks whether one is there (PolicyPluginResource). */
@Path("platform/plugins/policies")
@Produces(MediaType.APPLICATION_JSON)
public final class PolicyPluginsResource {
    private final ConfigurablePluginManager<PolicyPlugin<?>> plugins;

    PolicyPluginsResource(ConfigurablePluginManager<PolicyPlugin<?>> plugins) {
        this.plugins = plugins;
    }

    /** One deployed plugin. */
    @GET
    @Path("{policy}")
    public Map<String, Object> get(@PathParam("policy") String id) {
        PolicyPlugin<?> plugin = plugins.get(id);
        if (plugin == null) {
            throw new ManagementFailure(404, "No policy found with id " + id);
        }
        return Map.of(
                "id",
                plugin.id(),
                "name",
                plugin.manifest().name(),
                "description",
                plugin.manifest().description(),
                "version",
                plugin.manifest().version());
    }
}
