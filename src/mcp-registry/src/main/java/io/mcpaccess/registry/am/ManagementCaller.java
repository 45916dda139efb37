package io.mcpaccess.registry.am;

import java.security.Principal;
import java.util.Objects;

/**
 * Who calls, and about which domain; from the request's path, so nothing of it is trusted before {@link CallerRights} has
 * looked.
 *
 * @param principal the caller as the container knows it; null when it does not
 * @param organizationId the organization of the path
 * @param environmentId the environment of the path
 * @param domainId the domain of the path
 * @param engineId the authorization engine of the path
 */
public record ManagementCaller(
        Principal principal, String organizationId, String environmentId, String domainId, String engineId) {

    /** The path has all of its parts. */
    public ManagementCaller {
        Objects.requireNonNull(organizationId, "organizationId");
        Objects.requireNonNull(environmentId, "environmentId");
        Objects.requireNonNull(domainId, "domainId");
        Objects.requireNonNull(engineId, "engineId");
    }
}
