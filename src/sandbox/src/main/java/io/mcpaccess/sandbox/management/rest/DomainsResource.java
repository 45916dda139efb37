package io.mcpaccess.sandbox.management.rest;

import io.gravitee.am.model.Acl;
import io.gravitee.am.model.Domain;
import io.gravitee.am.model.permissions.Permission;
import io.mcpaccess.sandbox.data.Tables;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.Map;

/** AM's domains, to read. */
@Path("organizations/{organizationId}/environments/{environmentId}/domains")
@Produces(MediaType.APPLICATION_JSON)
public final class DomainsResource {
    private final Access access;
    private final Tables tables;

    DomainsResource(Access access, Tables tables) {
        this.access = access;
        this.tables = tables;
    }

    /** A page with all domains that the caller may read. */
    @GET
    public Map<String, Object> list(@Context SecurityContext security) {
        List<Map<String, Object>> domains = tables.domains()
                .where(row -> true)
                .map(row -> json(access.require(security, row.id(), Permission.DOMAIN, Acl.LIST)))
                .toList();
        return Pages.all(domains);
    }

    /** One domain. */
    @GET
    @Path("{domain}")
    public Map<String, Object> get(@Context SecurityContext security, @PathParam("domain") String domain) {
        return json(access.require(security, domain, Permission.DOMAIN, Acl.READ));
    }

    private static Map<String, Object> json(Domain domain) {
        return Map.of(
                "id", domain.getId(),
                "hrid", domain.getHrid(),
                "name", domain.getName(),
                "path", domain.getPath(),
                "enabled", domain.isEnabled());
    }
}
