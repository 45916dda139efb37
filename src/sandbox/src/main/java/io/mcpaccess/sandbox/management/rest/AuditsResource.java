package io.mcpaccess.sandbox.management.rest;

import io.gravitee.am.management.service.AuditService;
import io.gravitee.am.model.Acl;
import io.gravitee.am.model.common.Page;
import io.gravitee.am.model.permissions.Permission;
import io.gravitee.am.reporter.api.audit.AuditReportableCriteria;
import io.gravitee.am.reporter.api.audit.model.Audit;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** AM's audit log of a domain, the newest first. Who may not read the organization's sees entries without their content, as on AM. */
@Path("organizations/{organizationId}/environments/{environmentId}/domains/{domain}/audits")
@Produces(MediaType.APPLICATION_JSON)
public final class AuditsResource {

    private final Access access;
    private final AuditService audits;

    AuditsResource(Access access, AuditService audits) {
        this.access = access;
        this.audits = audits;
    }

    /** A page of entries. */
    @GET
    public Map<String, Object> list(
            @Context SecurityContext security,
            @PathParam("domain") String domain,
            @QueryParam("type") String type,
            @QueryParam("from") long from,
            @QueryParam("to") long to,
            @QueryParam("page") @DefaultValue("0") int page,
            @QueryParam("size") @DefaultValue("10") int size) {
        access.require(security, domain, Permission.DOMAIN_AUDIT, Acl.LIST);
        boolean isWhole = access.has(security, "ORGANIZATION_AUDIT", Acl.READ);
        AuditReportableCriteria.Builder criteria =
                new AuditReportableCriteria.Builder().from(from).to(to);
        if (type != null) {
            criteria.types(List.of(type));
        }
        Page<Audit> found =
                audits.search(domain, criteria.build(), page, Math.max(1, size)).blockingGet();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put(
                "data",
                found.getData().stream().map(audit -> json(audit, isWhole)).toList());
        body.put("currentPage", page);
        body.put("totalCount", found.getTotalCount());
        return body;
    }

    private static Map<String, Object> json(Audit audit, boolean isWhole) {
        Map<String, Object> actor = new LinkedHashMap<>();
        actor.put("id", audit.getActor().getId());
        actor.put("displayName", audit.getActor().getDisplayName());
        Map<String, Object> outcome = new LinkedHashMap<>();
        outcome.put("message", isWhole ? audit.getOutcome().getMessage() : null);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", audit.getId());
        json.put("type", audit.getType());
        json.put("timestamp", audit.timestamp().toEpochMilli());
        json.put("actor", actor);
        json.put("outcome", outcome);
        return json;
    }
}
