package io.mcpaccess.sandbox.management.rest;

import io.gravitee.am.model.Acl;
import io.gravitee.am.model.Domain;
import io.gravitee.am.model.permissions.Permission;
import io.mcpaccess.sandbox.am.ManagementFailure;
import io.mcpaccess.sandbox.data.DomainRow;
import io.mcpaccess.sandbox.data.Tables;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** AM's domains, to read, and their switches for redirect URIs. */
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
        return full(security, access.require(security, domain, Permission.DOMAIN, Acl.READ));
    }

    /** A change of a domain, as far as the sandbox has something to change (AM's PatchDomain). */
    public record DomainPatch(Oidc oidc) {
        /** AM's PatchOIDCSettings. */
        public record Oidc(Registration clientRegistrationSettings) {}

        /** AM's PatchClientRegistrationSettings: null leaves a switch alone. */
        public record Registration(
                Boolean allowLocalhostRedirectUri,
                Boolean allowHttpSchemeRedirectUri,
                Boolean allowWildCardRedirectUri) {}
    }

    /** Changes what is given; each part has a right of its own. */
    @PATCH
    @Path("{domain}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Map<String, Object> patch(
            @Context SecurityContext security, @PathParam("domain") String domain, DomainPatch patch) {
        if (patch == null || patch.oidc() == null || patch.oidc().clientRegistrationSettings() == null) {
            throw new ManagementFailure(400, "You need to specify at least one value to update.");
        }
        Domain changed = access.require(security, domain, Permission.DOMAIN_OPENID, Acl.UPDATE);
        DomainRow row = tables.domains().find(domain).orElseThrow();
        DomainPatch.Registration wanted = patch.oidc().clientRegistrationSettings();
        tables.domains()
                .save(new DomainRow(
                        row.id(),
                        row.hrid(),
                        row.name(),
                        row.entrypoint(),
                        row.customClaims(),
                        row.identityProviders(),
                        new DomainRow.RedirectRules(
                                or(
                                        wanted.allowLocalhostRedirectUri(),
                                        row.redirects().allowLocalhostRedirectUri()),
                                or(
                                        wanted.allowHttpSchemeRedirectUri(),
                                        row.redirects().allowHttpSchemeRedirectUri()),
                                or(
                                        wanted.allowWildCardRedirectUri(),
                                        row.redirects().allowWildCardRedirectUri())),
                        row.registration(),
                        row.consent(),
                        row.updatedAt()));
        return full(security, changed);
    }

    private static boolean or(Boolean wanted, boolean before) {
        return wanted == null ? before : wanted;
    }

    /** AM leaves out what the caller may not read. */
    private Map<String, Object> full(SecurityContext security, Domain domain) {
        Map<String, Object> json = json(domain);
        if (access.has(security, Permission.DOMAIN_OPENID, Acl.READ)) {
            tables.domains()
                    .find(domain.getId())
                    .ifPresent(row -> json.put("oidc", Map.of("clientRegistrationSettings", row.redirects())));
        }
        return json;
    }

    private static Map<String, Object> json(Domain domain) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", domain.getId());
        json.put("hrid", domain.getHrid());
        json.put("name", domain.getName());
        json.put("path", domain.getPath());
        json.put("enabled", domain.isEnabled());
        return json;
    }
}
