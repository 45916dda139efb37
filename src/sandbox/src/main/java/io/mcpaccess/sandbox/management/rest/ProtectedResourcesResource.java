package io.mcpaccess.sandbox.management.rest;

import io.gravitee.am.model.Acl;
import io.gravitee.am.model.Domain;
import io.gravitee.am.model.ProtectedResource;
import io.gravitee.am.model.ProtectedResourceSecret;
import io.gravitee.am.model.permissions.Permission;
import io.gravitee.am.service.ProtectedResourceService;
import io.mcpaccess.sandbox.am.ManagementFailure;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
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
import java.util.List;
import java.util.Map;

/** AM's protected resources of a domain. Quirks of 4.10: a read without {@code type} is 500, an unknown resource 403. */
@Path("organizations/{organizationId}/environments/{environmentId}/domains/{domain}/protected-resources")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class ProtectedResourcesResource {
    private static final Permission PERMISSION = Permission.PROTECTED_RESOURCE;

    private final Access access;
    private final ProtectedResourceService service;

    ProtectedResourcesResource(Access access, ProtectedResourceService service) {
        this.access = access;
        this.service = service;
    }

    /** A page of MCP servers. */
    @GET
    public Map<String, Object> list(
            @Context SecurityContext security,
            @PathParam("domain") String domain,
            @QueryParam("type") String type,
            @QueryParam("page") @DefaultValue("0") int page,
            @QueryParam("size") @DefaultValue("50") int size) {
        access.require(security, domain, PERMISSION, Acl.LIST);
        requireType(type);
        List<Map<String, Object>> all = service.findByDomain(domain)
                .sorted(Comparator.comparing(ProtectedResource::getName))
                .map(ProtectedResourceJson::of)
                .toList()
                .blockingGet();
        return Pages.of(all, page, Math.max(1, size));
    }

    /** Creates one: 201 with the secret, which is shown this once. */
    @POST
    public Response create(
            @Context UriInfo uri,
            @Context SecurityContext security,
            @PathParam("domain") String domainId,
            ProtectedResourceBody body) {
        Domain domain = access.require(security, domainId, PERMISSION, Acl.CREATE);
        ProtectedResourceSecret created = service.create(
                        domain, Access.user(security), requireBody(body).forCreation())
                .blockingGet();
        return Response.created(
                        uri.getAbsolutePathBuilder().path(created.getId()).build())
                .entity(Map.of(
                        "id", created.getId(),
                        "name", created.getName(),
                        "clientId", created.getClientId(),
                        "clientSecret", created.getClientSecret()))
                .build();
    }

    /** One MCP server. */
    @GET
    @Path("{id}")
    public Map<String, Object> get(
            @Context SecurityContext security,
            @PathParam("domain") String domain,
            @PathParam("id") String id,
            @QueryParam("type") String type) {
        access.require(security, domain, PERMISSION, Acl.READ);
        requireType(type);
        return ProtectedResourceJson.of(existing(domain, id));
    }

    /** Replaces one. */
    @PUT
    @Path("{id}")
    public Map<String, Object> update(
            @Context SecurityContext security,
            @PathParam("domain") String domainId,
            @PathParam("id") String id,
            ProtectedResourceBody body) {
        Domain domain = access.require(security, domainId, PERMISSION, Acl.UPDATE);
        existing(domainId, id);
        service.update(domain, id, requireBody(body).forUpdate(), Access.user(security))
                .blockingGet();
        return ProtectedResourceJson.of(existing(domainId, id));
    }

    /** Changes what is given. */
    @PATCH
    @Path("{id}")
    public Map<String, Object> patch(
            @Context SecurityContext security,
            @PathParam("domain") String domainId,
            @PathParam("id") String id,
            ProtectedResourceBody body) {
        Domain domain = access.require(security, domainId, PERMISSION, Acl.UPDATE);
        existing(domainId, id);
        service.patch(domain, id, requireBody(body).forPatch(), Access.user(security))
                .blockingGet();
        return ProtectedResourceJson.of(existing(domainId, id));
    }

    /** Removes one: 204. */
    @DELETE
    @Path("{id}")
    public void delete(
            @Context SecurityContext security,
            @PathParam("domain") String domainId,
            @PathParam("id") String id,
            @QueryParam("type") String type) {
        Domain domain = access.require(security, domainId, PERMISSION, Acl.DELETE);
        requireType(type);
        existing(domainId, id);
        service.delete(domain, id, ProtectedResource.Type.MCP_SERVER, Access.user(security))
                .blockingAwait();
    }

    private ProtectedResource existing(String domain, String id) {
        ProtectedResource found = service.findById(id)
                .filter(resource -> domain.equals(resource.getDomainId()))
                .blockingGet();
        if (found == null) {
            throw new ManagementFailure(403, "Permission denied");
        }
        return found;
    }

    private static void requireType(String type) {
        if (!"MCP_SERVER".equals(type)) {
            throw new ManagementFailure(500, "Unexpected error");
        }
    }

    private static ProtectedResourceBody requireBody(ProtectedResourceBody body) {
        if (body == null) {
            throw new ManagementFailure(400, "A body is required");
        }
        return body;
    }
}
