package io.mcpaccess.registry;

import io.mcpaccess.registry.am.ManagementCaller;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;

/** Reads who calls, and about which domain, from a request. To be done on its own thread, which alone knows the caller. */
final class RequestCaller {

    private RequestCaller() {}

    static ManagementCaller of(UriInfo uri, SecurityContext security) {
        return new ManagementCaller(
                security.getUserPrincipal(),
                segment(uri, "organizationId"),
                segment(uri, "environmentId"),
                segment(uri, "domain"),
                segment(uri, "engineId"));
    }

    private static String segment(UriInfo uri, String name) {
        String value = uri.getPathParameters().getFirst(name);
        return value == null ? "" : value;
    }
}
