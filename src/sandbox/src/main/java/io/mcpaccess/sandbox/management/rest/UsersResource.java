package io.mcpaccess.sandbox.management.rest;

import io.gravitee.am.model.Acl;
import io.gravitee.am.model.permissions.Permission;
import io.mcpaccess.sandbox.am.ManagementFailure;
import io.mcpaccess.sandbox.data.ApprovalRow;
import io.mcpaccess.sandbox.data.Tables;
import io.mcpaccess.sandbox.data.TokenRow;
import io.mcpaccess.sandbox.data.UserRow;
import jakarta.ws.rs.DELETE;
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
import java.util.function.Predicate;

/** AM's users of a domain, to read, and their consents: taking one back revokes the tokens that came of it. */
@Path("organizations/{organizationId}/environments/{environmentId}/domains/{domain}/users")
@Produces(MediaType.APPLICATION_JSON)
public final class UsersResource {
    private static final Permission PERMISSION = Permission.DOMAIN_USER;

    private final Access access;
    private final Tables tables;

    UsersResource(Access access, Tables tables) {
        this.access = access;
        this.tables = tables;
    }

    /** A page of users; {@code q} is a user name, with {@code *} at its end for a prefix. */
    @GET
    public Map<String, Object> list(
            @Context SecurityContext security, @PathParam("domain") String domain, @QueryParam("q") String query) {
        access.require(security, domain, PERMISSION, Acl.LIST);
        return Pages.all(tables.users()
                .where(row -> row.domain().equals(domain) && matches(row, query))
                .sorted(Comparator.comparing(UserRow::username))
                .map(UsersResource::json)
                .toList());
    }

    /** One user. */
    @GET
    @Path("{user}")
    public Map<String, Object> get(
            @Context SecurityContext security, @PathParam("domain") String domain, @PathParam("user") String id) {
        access.require(security, domain, PERMISSION, Acl.READ);
        return json(existing(domain, id));
    }

    /** What the user approved, for one client or all. */
    @GET
    @Path("{user}/consents")
    public List<Map<String, Object>> consents(
            @Context SecurityContext security,
            @PathParam("domain") String domain,
            @PathParam("user") String id,
            @QueryParam("clientId") String clientId) {
        access.require(security, domain, PERMISSION, Acl.READ);
        existing(domain, id);
        return tables.approvals()
                .where(ofUser(domain, id, clientId))
                .sorted(Comparator.comparing(ApprovalRow::scope))
                .map(UsersResource::json)
                .toList();
    }

    /** Takes consents back and revokes the user's tokens of the client, or of all: 204. */
    @DELETE
    @Path("{user}/consents")
    public void revoke(
            @Context SecurityContext security,
            @PathParam("domain") String domain,
            @PathParam("user") String id,
            @QueryParam("clientId") String clientId) {
        access.require(security, domain, PERMISSION, Acl.UPDATE);
        existing(domain, id);
        tables.approvals().removeWhere(ofUser(domain, id, clientId));
        Predicate<TokenRow> ofGrant = token -> token.domain().equals(domain)
                && id.equals(token.user())
                && (clientId == null || clientId.equals(token.client()));
        tables.accessTokens().removeWhere(ofGrant);
        tables.refreshTokens().removeWhere(ofGrant);
    }

    private UserRow existing(String domain, String id) {
        return tables.users()
                .find(id)
                .filter(row -> row.domain().equals(domain))
                .orElseThrow(() -> new ManagementFailure(404, "User [" + id + "] can not be found."));
    }

    private static Predicate<ApprovalRow> ofUser(String domain, String user, String clientId) {
        return row -> row.domain().equals(domain)
                && user.equals(row.userId())
                && (clientId == null || clientId.equals(row.clientId()));
    }

    private static boolean matches(UserRow user, String query) {
        return query == null
                || (query.endsWith("*")
                        ? user.username().startsWith(query.substring(0, query.length() - 1))
                        : user.username().equals(query));
    }

    private static Map<String, Object> json(UserRow user) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", user.id());
        json.put("externalId", user.externalId());
        json.put("username", user.username());
        json.put("email", user.email());
        json.put("source", user.source());
        json.put("enabled", user.enabled());
        return json;
    }

    private static Map<String, Object> json(ApprovalRow approval) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", approval.id());
        json.put("clientId", approval.clientId());
        json.put("scope", approval.scope());
        json.put("status", approval.status().toLowerCase(java.util.Locale.ROOT));
        json.put("expiresAt", approval.expiresAt());
        json.put("updatedAt", approval.updatedAt());
        return json;
    }
}
