package io.mcpaccess.sandbox.management.rest;

import io.gravitee.am.authorizationengine.api.AuthorizationEngine;
import io.mcpaccess.sandbox.am.ManagementFailure;
import io.mcpaccess.sandbox.plugin.AuthorizationEnginePlugins;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/** AM's catalogue of authorization engine plugins. An icon that is asked for and missing fails the whole list, as in AM. */
@Path("platform/plugins/authorization-engines")
@Produces(MediaType.APPLICATION_JSON)
public final class EnginePluginsResource {
    private final AuthorizationEnginePlugins plugins;

    EnginePluginsResource(AuthorizationEnginePlugins plugins) {
        this.plugins = plugins;
    }

    /** All plugins, those that are not deployed too. */
    @GET
    public List<Map<String, Object>> list(@QueryParam("expand") List<String> expand) throws IOException {
        List<Map<String, Object>> list = new java.util.ArrayList<>();
        for (AuthorizationEngine<?, ?> plugin : plugins.findAll(true)) {
            list.add(json(plugin, expand.contains("icon")));
        }
        return list;
    }

    /** One deployed plugin. */
    @GET
    @Path("{plugin}")
    public Map<String, Object> get(@PathParam("plugin") String id) throws IOException {
        AuthorizationEngine<?, ?> plugin = plugins.get(id);
        if (plugin == null) {
            throw new ManagementFailure(404, "No authorization engine found with id " + id);
        }
        return json(plugin, false);
    }

    /** The form of its configuration; 204 where it has none. */
    @GET
    @Path("{plugin}/schema")
    public Response schema(@PathParam("plugin") String id) throws IOException {
        get(id);
        String schema = plugins.getSchema(id);
        return schema == null
                ? Response.noContent().build()
                : Response.ok(schema).build();
    }

    private Map<String, Object> json(AuthorizationEngine<?, ?> plugin, boolean withIcon) throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", plugin.id());
        json.put("name", plugin.manifest().name());
        json.put("description", plugin.manifest().description());
        json.put("version", plugin.manifest().version());
        json.put("deployed", plugin.deployed());
        json.put("feature", plugin.manifest().feature());
        if (withIcon) {
            String icon = plugins.getIcon(plugin.id());
            if (icon == null) {
                throw new NoSuchElementException("The plugin " + plugin.id() + " has no icon");
            }
            json.put("icon", icon);
        }
        return json;
    }
}
