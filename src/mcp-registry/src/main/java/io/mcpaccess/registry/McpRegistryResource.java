package io.mcpaccess.registry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gravitee.am.model.Acl;
import io.gravitee.am.model.permissions.Permission;
import io.mcpaccess.core.authzen.StrictJson;
import io.mcpaccess.registry.am.AdmittedCaller;
import io.mcpaccess.registry.am.AmDomains;
import io.mcpaccess.registry.am.CallerRights;
import io.mcpaccess.registry.am.ManagementCaller;
import io.mcpaccess.registry.am.Need;
import io.mcpaccess.registry.am.ViewAudit;
import io.mcpaccess.registry.map.MapHtml;
import io.mcpaccess.registry.map.MapQuery;
import io.mcpaccess.registry.page.ViewQuery;
import io.mcpaccess.registry.plan.DeclarationReader;
import io.mcpaccess.registry.plan.InvalidDeclarationException;
import io.mcpaccess.registry.plan.RegisteredServer;
import io.mcpaccess.registry.remote.Drift;
import io.mcpaccess.registry.remote.LiveServers;
import io.mcpaccess.registry.remote.ServerCredentials;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * MCP servers of a domain, their tools and scopes: {@code …/authorization-engines/{engineId}/settings/mcp} of AM's
 * management API. AM injects nothing into what a plugin returns, so everything comes by the constructor or as a method
 * parameter. Every call checks the caller's own rights first, on a thread of the registry's.
 */
public final class McpRegistryResource extends BrowserPage {

    private static final Need READ_SERVERS = Need.of(Permission.PROTECTED_RESOURCE, Acl.READ);

    private final Calls calls;
    private final CallerRights rights;
    private final ServerWrites writes;
    private final ServerListing listing;
    private final LiveServers live;
    private final AmDomains domains;
    private final MapAnswer map;
    private final ImpactResource impact;
    private final ViewAudit audit;
    private final StrictJson json = new StrictJson();

    McpRegistryResource(
            Calls calls,
            CallerRights rights,
            ServerWrites writes,
            ServerListing listing,
            LiveServers live,
            AmDomains domains,
            MapAnswer map,
            PageAnswer page,
            ImpactResource impact,
            ViewAudit audit) {
        super(calls, page);
        this.calls = Objects.requireNonNull(calls, "calls");
        this.rights = Objects.requireNonNull(rights, "rights");
        this.writes = Objects.requireNonNull(writes, "writes");
        this.listing = Objects.requireNonNull(listing, "listing");
        this.live = Objects.requireNonNull(live, "live");
        this.domains = Objects.requireNonNull(domains, "domains");
        this.map = Objects.requireNonNull(map, "map");
        this.impact = Objects.requireNonNull(impact, "impact");
        this.audit = Objects.requireNonNull(audit, "audit");
    }

    /**
     * Lists the domain's MCP servers.
     *
     * @param uri the request's path
     * @param security who calls
     */
    @GET
    @Path("servers")
    public void servers(@Context UriInfo uri, @Context SecurityContext security, @Suspended AsyncResponse response) {
        ManagementCaller caller = RequestCaller.of(uri, security);
        calls.run(response, () -> {
            AdmittedCaller admitted = rights.admit(caller, Need.LIST_SERVERS, Need.LIST_SCOPES);
            audit.viewed(admitted, caller.engineId(), "servers", Map.of());
            return Calls.json(200, listing.of(admitted.domain().getId()));
        });
    }

    /**
     * Declares an MCP server: creates it, or changes the one with the same resource identifier.
     *
     * @param uri the request's path
     * @param security who calls
     * @param dryRun {@code true} to see the plan alone
     * @param prune {@code true} to remove tools that are not declared
     * @param force {@code true} to give a scope that applications hold to another tool
     * @param impactLine {@code false} for a plan without who gains and who loses
     * @param body the declaration
     * @param response gets the plan, 201 for a new server, else 200
     */
    @POST
    @Path("servers")
    @Consumes(MediaType.APPLICATION_JSON)
    public void declare(
            @Context UriInfo uri,
            @Context SecurityContext security,
            @QueryParam("dryRun") String dryRun,
            @QueryParam("prune") String prune,
            @QueryParam("force") String force,
            @QueryParam("impact") String impactLine,
            InputStream body,
            @Suspended AsyncResponse response) {
        ManagementCaller caller = RequestCaller.of(uri, security);
        byte[] content = RequestBody.read(body);
        calls.run(response, () -> writes.declare(caller, content, WriteFlags.of(dryRun, prune, force, impactLine)));
    }

    /**
     * Registers an MCP server with the tools that it offers now.
     *
     * @param uri the request's path
     * @param security who calls
     * @param dryRun {@code true} to see the plan alone
     * @param prune {@code true} to remove tools that the server does not offer any more
     * @param force {@code true} to give a scope that applications hold to another tool
     * @param impactLine {@code false} for a plan without who gains and who loses
     * @param body where the server is, credentials to show it, names of scopes
     * @param response gets the plan, 201 for a new server, else 200; 502 if the tools cannot be had
     */
    @POST
    @Path("servers/import")
    @Consumes(MediaType.APPLICATION_JSON)
    public void importServer(
            @Context UriInfo uri,
            @Context SecurityContext security,
            @QueryParam("dryRun") String dryRun,
            @QueryParam("prune") String prune,
            @QueryParam("force") String force,
            @QueryParam("impact") String impactLine,
            InputStream body,
            @Suspended AsyncResponse response) {
        ManagementCaller caller = RequestCaller.of(uri, security);
        byte[] content = RequestBody.read(body);
        calls.run(response, () -> writes.importLive(caller, content, WriteFlags.of(dryRun, prune, force, impactLine)));
    }

    /**
     * Compares a registered server with what it offers now. Changes nothing.
     *
     * @param uri the request's path
     * @param security who calls
     * @param id AM's id of the server
     * @param body {@code {url?}} if it is not asked at its first resource identifier, and credentials as for an import; may
     *     be empty
     * @param response gets 200 with the report; 502 if the tools cannot be had
     */
    @POST
    @Path("servers/{id}/drift")
    public void drift(
            @Context UriInfo uri,
            @Context SecurityContext security,
            @PathParam("id") String id,
            InputStream body,
            @Suspended AsyncResponse response) {
        ManagementCaller caller = RequestCaller.of(uri, security);
        byte[] content = RequestBody.read(body);
        calls.run(response, () -> {
            AdmittedCaller admitted = rights.admit(caller, READ_SERVERS);
            audit.viewed(admitted, caller.engineId(), "drift", Map.of("server", id));
            RegisteredServer server = domains.server(admitted.domain().getId(), id);
            ObjectNode request = content.length == 0 ? JsonNodeFactory.instance.objectNode() : json.readObject(content);
            String url = DeclarationReader.text(request, "url")
                    .or(() -> server.resourceIdentifiers().stream().findFirst())
                    .orElseThrow(() -> new InvalidDeclarationException("url is missing."));
            return Calls.json(200, Drift.report(server, live.tools(url, ServerCredentials.of(request))));
        });
    }

    /**
     * Defines a scope for every tool scope of the domain that lacks one.
     *
     * @param uri the request's path
     * @param security who calls
     * @param dryRun {@code true} to see the plan alone
     */
    @POST
    @Path("scopes")
    public void scopes(
            @Context UriInfo uri,
            @Context SecurityContext security,
            @QueryParam("dryRun") String dryRun,
            @Suspended AsyncResponse response) {
        ManagementCaller caller = RequestCaller.of(uri, security);
        calls.run(response, () -> writes.defineScopes(caller, Flags.read("dryRun", dryRun)));
    }

    /**
     * Says who may call what, or with a subject what that one may call. JSON unless something else is asked for.
     *
     * @param uri the request's path, and which part of the map is asked for, see {@link MapQuery#of}
     * @param security who calls
     * @param headers what the client accepts
     * @param subject {@code user:alice}; may be absent
     * @param explain {@code true} to explain refusals, where the engine can
     * @param format {@code json}, {@code html} or {@code csv}; wins over what the client accepts
     */
    @GET
    @Path("map")
    @Produces({"application/json;qs=1", "text/html;qs=0.9", "text/csv;qs=0.8"})
    public void map(
            @Context UriInfo uri,
            @Context SecurityContext security,
            @Context HttpHeaders headers,
            @QueryParam("subject") String subject,
            @QueryParam("explain") String explain,
            @QueryParam("format") String format,
            @Suspended AsyncResponse response) {
        ManagementCaller caller = RequestCaller.of(uri, security);
        List<MediaType> accepted = List.copyOf(headers.getAcceptableMediaTypes());
        MultivaluedMap<String, String> parameters = uri.getQueryParameters();
        calls.run(response, () -> {
            AdmittedCaller admitted = rights.admit(caller, Need.LIST_SERVERS, Need.LIST_APPLICATIONS, Need.LIST_USERS);
            audit.viewed(admitted, caller.engineId(), "map", PageAnswer.asked(new ViewQuery(parameters::getFirst)));
            MapFormat wanted = MapFormat.of(format, accepted);
            MapQuery query = MapQuery.of(parameters::getFirst, wanted == MapFormat.HTML ? MapHtml.PAGE_SIZE : 0);
            return subject == null || subject.isEmpty()
                    ? map.tools(admitted.domain(), query, wanted)
                    : map.decisions(admitted.domain(), subject, query, wanted, Flags.read("explain", explain));
        });
    }

    /** What a change would do. */
    @Path("impact")
    public Object impact() {
        return impact;
    }
}
