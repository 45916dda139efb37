package io.mcpaccess.registry.am;

import io.gravitee.am.identityprovider.api.User;
import io.gravitee.am.management.service.PermissionService;
import io.gravitee.am.management.service.permissions.PermissionAcls;
import io.gravitee.am.management.service.permissions.Permissions;
import io.gravitee.am.model.Acl;
import io.gravitee.am.model.Domain;
import io.gravitee.am.model.ReferenceType;
import io.gravitee.am.service.DomainReadService;
import io.mcpaccess.registry.plan.RegistryException;

/**
 * Lets a caller in, or not. AM's locator above {@code settings} asked only for the right to update authorization engines,
 * and does not look whether the engine is of the domain in the path; a resource behind it that writes protected resources
 * and scopes would lift rights. So the caller's own are asked here as AM's REST layer asks for them.
 */
public final class CallerRights {

    private final AmServices services;
    private final DomainCheck domainCheck;

    /**
     * Rights of one node.
     *
     * @param services AM's services
     */
    public CallerRights(AmServices services) {
        this.services = services;
        this.domainCheck = new DomainCheck(services);
    }

    /**
     * Admits a caller.
     *
     * @param caller who calls, about which domain
     * @param needs the rights that the call needs, all of them
     * @return the caller and the domain
     * @throws RegistryException with status 403 if a right is missing or the caller cannot be had, 404 if the domain or
     *     the engine in it is unknown
     */
    public AdmittedCaller admit(ManagementCaller caller, Need... needs) {
        User user = AmPrincipal.user(caller.principal())
                .orElseThrow(() -> new RegistryException(
                        403, "The caller is not known, so no rights can be checked. Sign in to the management API."));
        PermissionService permissions = services.need(PermissionService.class);
        for (Need need : needs) {
            if (!Boolean.TRUE.equals(Await.get(permissions.hasPermission(user, acls(caller, need))))) {
                throw new RegistryException(
                        403, "Permission denied: " + need.permission() + need.acls() + " on the domain is needed.");
            }
        }
        Domain domain = Await.get(services.need(DomainReadService.class).findById(caller.domainId()))
                .filter(found -> isOf(found, caller.environmentId()))
                .orElseThrow(() -> new RegistryException(404, "There is no such domain in this environment."));
        Await.get(domainCheck.require(caller.domainId(), caller.engineId()));
        return new AdmittedCaller(user, domain);
    }

    private static boolean isOf(Domain domain, String environmentId) {
        return domain.getReferenceId() == null || domain.getReferenceId().equalsIgnoreCase(environmentId);
    }

    private static PermissionAcls acls(ManagementCaller caller, Need need) {
        Acl[] acls = need.acls().toArray(Acl[]::new);
        return Permissions.or(
                Permissions.of(ReferenceType.DOMAIN, caller.domainId(), need.permission(), acls),
                Permissions.of(ReferenceType.ENVIRONMENT, caller.environmentId(), need.permission(), acls),
                Permissions.of(ReferenceType.ORGANIZATION, caller.organizationId(), need.permission(), acls));
    }
}
