package io.mcpaccess.registry;

import io.mcpaccess.core.authzen.StrictJson;
import io.mcpaccess.registry.am.AdmittedCaller;
import io.mcpaccess.registry.am.CallerRights;
import io.mcpaccess.registry.am.ManagementCaller;
import io.mcpaccess.registry.am.Need;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;

/** What a change would do: {@code …/settings/mcp/impact}. Needs the rights of the map, and to see the domain's scopes. */
public final class ImpactResource {

    private static final Need[] NEEDS = {Need.LIST_SERVERS, Need.LIST_APPLICATIONS, Need.LIST_USERS, Need.LIST_SCOPES};

    private final Calls calls;
    private final CallerRights rights;
    private final ImpactAnswer answer;
    private final StrictJson json = new StrictJson();

    ImpactResource(Calls calls, CallerRights rights, ImpactAnswer answer) {
        this.calls = calls;
        this.rights = rights;
        this.answer = answer;
    }

    /** The rights that it takes to see an impact. */
    static Need[] needs() {
        return NEEDS.clone();
    }

    /**
     * Says what a change would do to everybody; changes nothing.
     *
     * @param uri the request's path
     * @param security who calls
     * @param headers what the client accepts: {@code application/x-ndjson} to hear of the progress
     * @param body the change, see {@link io.mcpaccess.registry.impact.ImpactRequest}
     * @param response gets 200 with the impact
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public void impact(
            @Context UriInfo uri,
            @Context SecurityContext security,
            @Context HttpHeaders headers,
            InputStream body,
            @Suspended AsyncResponse response) {
        ManagementCaller caller = RequestCaller.of(uri, security);
        boolean isLines =
                String.valueOf(headers.getHeaderString(HttpHeaders.ACCEPT)).contains(ImpactAnswer.LINES);
        byte[] content = RequestBody.read(body);
        calls.run(response, () -> {
            AdmittedCaller admitted = rights.admit(caller, NEEDS);
            return answer.of(admitted, caller.engineId(), json.readObject(content), isLines);
        });
    }
}
