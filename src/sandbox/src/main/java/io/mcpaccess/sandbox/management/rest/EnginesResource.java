package io.mcpaccess.sandbox.management.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gravitee.am.authorizationengine.api.AuthorizationEngineProvider;
import io.gravitee.am.model.Acl;
import io.gravitee.am.model.permissions.Permission;
import io.gravitee.json.validation.InvalidJsonException;
import io.gravitee.json.validation.JsonSchemaValidator;
import io.gravitee.json.validation.JsonSchemaValidatorImpl;
import io.mcpaccess.sandbox.am.ManagementFailure;
import io.mcpaccess.sandbox.data.EngineRow;
import io.mcpaccess.sandbox.management.am.Engines;
import io.mcpaccess.sandbox.plugin.AuthorizationEnginePlugins;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** AM's authorization engines of a domain, and below {@code settings} the resource that an engine's plugin brings. */
@Path("organizations/{organizationId}/environments/{environmentId}/domains/{domain}/authorization-engines")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class EnginesResource {
    private static final Permission PERMISSION = Permission.DOMAIN_AUTHORIZATION_ENGINE;

    private final Access access;
    private final Engines engines;
    private final AuthorizationEnginePlugins plugins;
    private final SensitiveValues sensitive;
    private final JsonSchemaValidator validator = new JsonSchemaValidatorImpl();

    EnginesResource(Access access, Engines engines, AuthorizationEnginePlugins plugins, ObjectMapper mapper) {
        this.access = access;
        this.engines = engines;
        this.plugins = plugins;
        this.sensitive = new SensitiveValues(mapper);
    }

    /** What is sent to create an engine. */
    public record NewEngine(String type, String name, String configuration) {
        @Override
        public String toString() {
            return "NewEngine[type=" + type + ", name=" + name + "]";
        }
    }

    /** All engines of the domain. */
    @GET
    public List<Map<String, Object>> list(@Context SecurityContext security, @PathParam("domain") String domain) {
        access.require(security, domain, PERMISSION, Acl.LIST);
        return engines.list(domain).stream().map(this::json).toList();
    }

    /** Creates an engine: 201 with its location. */
    @POST
    public Response create(
            @Context UriInfo uri,
            @Context SecurityContext security,
            @PathParam("domain") String domain,
            NewEngine engine) {
        access.require(security, domain, PERMISSION, Acl.CREATE);
        require(engine != null && engine.type() != null, "type");
        require(engine.name() != null && !engine.name().isBlank(), "name");
        require(engine.configuration() != null, "configuration");
        if (plugins.get(engine.type()) == null) {
            throw new ManagementFailure(400, "No authorization engine plugin found with id " + engine.type());
        }
        String configuration = requireSchema(engine.type(), engine.configuration());
        EngineRow created = engines.create(domain, engine.type(), engine.name(), configuration);
        return Response.created(uri.getAbsolutePathBuilder().path(created.id()).build())
                .entity(json(created))
                .build();
    }

    /** One engine. */
    @GET
    @Path("{engineId}")
    public Map<String, Object> get(
            @Context SecurityContext security, @PathParam("domain") String domain, @PathParam("engineId") String id) {
        access.require(security, domain, PERMISSION, Acl.READ);
        return json(engines.get(domain, id));
    }

    /** Changes name and configuration; a masked secret keeps its value. */
    @PUT
    @Path("{engineId}")
    public Map<String, Object> update(
            @Context SecurityContext security,
            @PathParam("domain") String domain,
            @PathParam("engineId") String id,
            NewEngine engine) {
        access.require(security, domain, PERMISSION, Acl.UPDATE);
        require(engine != null && engine.name() != null, "name");
        require(engine.configuration() != null, "configuration");
        EngineRow before = engines.get(domain, id);
        String configuration = sensitive.restore(schema(before.type()), engine.configuration(), before.configuration());
        return json(engines.update(domain, id, engine.name(), configuration));
    }

    /** Removes an engine: 204. */
    @DELETE
    @Path("{engineId}")
    public void delete(
            @Context SecurityContext security, @PathParam("domain") String domain, @PathParam("engineId") String id) {
        access.require(security, domain, PERMISSION, Acl.DELETE);
        engines.delete(domain, id);
    }

    /**
     * The plugin's own resource. AM asks for the right to update whatever the verb, and does not check that the engine belongs to the
     * domain: that is the plugin's to close.
     */
    @Path("{engineId}/settings")
    public Object settings(
            @Context SecurityContext security, @PathParam("domain") String domain, @PathParam("engineId") String id) {
        access.require(security, domain, PERMISSION, Acl.UPDATE);
        return engines.provider(id)
                .flatMap(AuthorizationEngineProvider::getManagementResource)
                .orElseThrow(() -> new WebApplicationException(Response.Status.NOT_FOUND));
    }

    private Map<String, Object> json(EngineRow row) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", row.id());
        json.put("name", row.name());
        json.put("type", row.type());
        json.put("referenceType", "domain");
        json.put("referenceId", row.domain());
        json.put("configuration", sensitive.mask(schema(row.type()), row.configuration()));
        json.put("createdAt", row.createdAt());
        json.put("updatedAt", row.updatedAt());
        return json;
    }

    /** AM checks a new engine's configuration, never a changed one, against the plugin's schema. */
    private String requireSchema(String type, String configuration) {
        String schema = schema(type);
        if (schema == null) {
            throw new ManagementFailure(404, "Cannot find schema for authorization engine plugin " + type);
        }
        try {
            return validator.validate(schema, configuration);
        } catch (InvalidJsonException e) {
            throw new ManagementFailure(400, "The configuration does not match the schema of " + type);
        }
    }

    private String schema(String type) {
        try {
            return plugins.get(type) == null ? null : plugins.getSchema(type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void require(boolean condition, String member) {
        if (!condition) {
            throw new ManagementFailure(400, "[" + member + ": must not be null]");
        }
    }
}
