package io.mcpaccess.sandbox.management.rest;

import io.gravitee.am.model.Acl;
import io.gravitee.am.model.permissions.Permission;
import io.mcpaccess.sandbox.am.ManagementFailure;
import io.mcpaccess.sandbox.data.ApplicationRow;
import io.mcpaccess.sandbox.data.Tables;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** AM's applications of a domain, to read: a page has few members of each (FilteredApplication), one has its settings. */
@Path("organizations/{organizationId}/environments/{environmentId}/domains/{domain}/applications")
@Produces(MediaType.APPLICATION_JSON)
public final class ApplicationsResource {
    private static final Permission PERMISSION = Permission.APPLICATION;

    private final Access access;
    private final Tables tables;

    ApplicationsResource(Access access, Tables tables) {
        this.access = access;
        this.tables = tables;
    }

    /** A page of applications. */
    @GET
    public Map<String, Object> list(
            @Context SecurityContext security,
            @PathParam("domain") String domain,
            @QueryParam("page") @DefaultValue("0") int page,
            @QueryParam("size") @DefaultValue("50") int size) {
        access.require(security, domain, PERMISSION, Acl.LIST);
        List<Map<String, Object>> all = tables.applications()
                .where(row -> row.domain().equals(domain))
                .sorted(Comparator.comparing(ApplicationRow::name))
                .map(ApplicationsResource::json)
                .toList();
        return Pages.of(all, page, Math.max(1, size));
    }

    /** One application with its settings. */
    @GET
    @Path("{application}")
    public Map<String, Object> get(
            @Context SecurityContext security,
            @PathParam("domain") String domain,
            @PathParam("application") String id) {
        access.require(security, domain, PERMISSION, Acl.READ);
        ApplicationRow row = tables.applications()
                .find(id)
                .filter(found -> found.domain().equals(domain))
                .orElseThrow(() -> new ManagementFailure(404, "Application [" + id + "] can not be found."));
        Map<String, Object> json = json(row);
        json.put(
                "settings",
                Map.of(
                        "oauth",
                        Map.of(
                                "clientId", row.clientId(),
                                "redirectUris", row.redirectUris(),
                                "grantTypes", row.grantTypes()),
                        "advanced",
                        Map.of("flowsInherited", row.flowsInherited())));
        return json;
    }

    private static Map<String, Object> json(ApplicationRow row) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", row.id());
        json.put("name", row.name());
        json.put("description", null);
        json.put("type", row.secrets().isEmpty() ? "native" : "web");
        json.put("enabled", row.enabled());
        json.put("template", false);
        json.put("updatedAt", row.updatedAt());
        return json;
    }
}
