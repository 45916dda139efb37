package io.mcpaccess.registry.am;

import io.gravitee.am.model.Acl;
import io.gravitee.am.model.permissions.Permission;
import java.util.HashSet;
import java.util.Set;

/**
 * A right of AM's that a call needs.
 *
 * @param permission on what
 * @param acls all of these
 */
public record Need(Permission permission, Set<Acl> acls) {

    /** To see which MCP servers the domain has. */
    public static final Need LIST_SERVERS = of(Permission.PROTECTED_RESOURCE, Acl.LIST);

    /** To see which scopes the domain has. */
    public static final Need LIST_SCOPES = of(Permission.DOMAIN_SCOPE, Acl.LIST);

    /** To see which applications the domain has. */
    public static final Need LIST_APPLICATIONS = of(Permission.APPLICATION, Acl.LIST);

    /** To see who the domain's users are. */
    public static final Need LIST_USERS = of(Permission.DOMAIN_USER, Acl.LIST);

    /**
     * A right.
     *
     * @param permission on what
     * @param first the first
     * @param more more, all needed
     * @return the need
     */
    public static Need of(Permission permission, Acl first, Acl... more) {
        Set<Acl> acls = new HashSet<>(Set.of(more));
        acls.add(first);
        return new Need(permission, Set.copyOf(acls));
    }
}
