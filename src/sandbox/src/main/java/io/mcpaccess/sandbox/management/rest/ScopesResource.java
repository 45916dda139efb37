package io.mcpaccess.sandbox.management.rest;

import io.gravitee.am.model.Acl;
import io.gravitee.am.model.Domain;
import io.gravitee.am.model.oauth2.Scope;
import io.gravitee.am.model.permissions.Permission;
import io.gravitee.am.service.ScopeService;
import io.gravitee.am.service.model.NewScope;
import io.mcpaccess.sandbox.am.AmModels;
import io.mcpaccess.sandbox.am.ManagementFailure;
import io.mcpaccess.sandbox.data.ScopeRow;
import io.mcpaccess.sandbox.data.Tables;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** AM's scopes of a domain. */
@Path("organizations/{organizationId}/environments/{environmentId}/domains/{domain}/scopes")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class ScopesResource {
    private static final Permission PERMISSION = Permission.DOMAIN_SCOPE;

    private final Access access;
    private final Tables tables;
    private final ScopeService service;

    ScopesResource(Access access, Tables tables, ScopeService service) {
        this.access = access;
        this.tables = tables;
        this.service = service;
    }

    /** A page of scopes. */
    @GET
    public Map<String, Object> list(
            @Context SecurityContext security,
            @PathParam("domain") String domain,
            @QueryParam("page") @DefaultValue("0") int page,
            @QueryParam("size") @DefaultValue("50") int size) {
        access.require(security, domain, PERMISSION, Acl.LIST);
        List<Map<String, Object>> all = tables.scopes()
                .where(row -> row.domain().equals(domain))
                .sorted(Comparator.comparing(ScopeRow::key))
                .map(row -> json(AmModels.scope(row)))
                .toList();
        return Pages.of(all, page, Math.max(1, size));
    }

    /** Creates one: 201. */
    @POST
    public Response create(
            @Context UriInfo uri,
            @Context SecurityContext security,
            @PathParam("domain") String domainId,
            NewScope scope) {
        Domain domain = access.require(security, domainId, PERMISSION, Acl.CREATE);
        if (scope == null || isBlank(scope.getKey()) || isBlank(scope.getName()) || isBlank(scope.getDescription())) {
            throw new ManagementFailure(400, "[key, name and description: must not be blank]");
        }
        Scope created = service.create(domain, scope, Access.user(security)).blockingGet();
        return Response.created(
                        uri.getAbsolutePathBuilder().path(created.getId()).build())
                .entity(json(created))
                .build();
    }

    /** One scope. */
    @GET
    @Path("{id}")
    public Map<String, Object> get(
            @Context SecurityContext security, @PathParam("domain") String domain, @PathParam("id") String id) {
        access.require(security, domain, PERMISSION, Acl.READ);
        return json(AmModels.scope(existing(domain, id)));
    }

    /** Removes one: 204. */
    @DELETE
    @Path("{id}")
    public void delete(
            @Context SecurityContext security, @PathParam("domain") String domain, @PathParam("id") String id) {
        access.require(security, domain, PERMISSION, Acl.DELETE);
        tables.scopes().take(existing(domain, id).id());
    }

    private ScopeRow existing(String domain, String id) {
        return tables.scopes()
                .find(id)
                .filter(row -> row.domain().equals(domain))
                .orElseThrow(() -> new ManagementFailure(404, "Scope [" + id + "] can not be found."));
    }

    private static boolean isBlank(String text) {
        return text == null || text.isBlank();
    }

    private static Map<String, Object> json(Scope scope) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", scope.getId());
        json.put("domain", scope.getDomain());
        json.put("key", scope.getKey());
        json.put("name", scope.getName());
        json.put("description", scope.getDescription());
        json.put("iconUri", scope.getIconUri());
        json.put("system", scope.isSystem());
        json.put("expiresIn", scope.getExpiresIn());
        json.put("discovery", scope.isDiscovery());
        json.put("parameterized", scope.isParameterized());
        return json;
    }
}
