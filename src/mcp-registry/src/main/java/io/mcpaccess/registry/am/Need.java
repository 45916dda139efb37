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
