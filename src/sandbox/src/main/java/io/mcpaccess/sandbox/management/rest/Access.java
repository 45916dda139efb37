package io.mcpaccess.sandbox.management.rest;

import io.gravitee.am.identityprovider.api.User;
import io.gravitee.am.model.Acl;
import io.gravitee.am.model.Domain;
import io.gravitee.am.model.permissions.Permission;
import io.mcpaccess.sandbox.am.AmModels;
import io.mcpaccess.sandbox.am.ManagementFailure;
import io.mcpaccess.sandbox.data.Tables;
import io.mcpaccess.sandbox.management.am.Rights;
import jakarta.ws.rs.core.SecurityContext;
import org.springframework.security.core.Authentication;

/** Who may use a resource: AM's checkAnyPermission, which answers 403 for an unknown domain too. */
final class Access {
    private final Tables tables;

    Access(Tables tables) {
        this.tables = tables;
    }

    /** The signed-in user. */
    static User user(SecurityContext security) {
        return (User) ((Authentication) security.getUserPrincipal()).getPrincipal();
    }

    /** Whether the signed-in user has a right. */
    boolean has(SecurityContext security, Permission permission, Acl acl) {
        return has(security, permission.name(), acl);
    }

    /** The same with a right by its name. */
    boolean has(SecurityContext security, String permission, Acl acl) {
        return Rights.hold(tables.managementUsers().find(user(security).getUsername()), permission, acl);
    }

    /**
     * Requires a right in a domain.
     *
     * @return the domain
     */
    Domain require(SecurityContext security, String domain, Permission permission, Acl acl) {
        boolean granted = has(security, permission, acl);
        return tables.domains()
                .find(domain)
                .filter(row -> granted)
                .map(AmModels::domain)
                .orElseThrow(() -> new ManagementFailure(403, "Permission denied"));
    }
}
