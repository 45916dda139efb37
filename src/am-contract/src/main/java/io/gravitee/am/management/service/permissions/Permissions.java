package io.gravitee.am.management.service.permissions;

import io.gravitee.am.model.Acl;
import io.gravitee.am.model.ReferenceType;
import io.gravitee.am.model.permissions.Permission;
import java.util.List;
import java.util.Set;

/**
 * Says which rights to ask PermissionService about.
 */
public final class Permissions {
    private Permissions() {}

    public static PermissionAcls of(
            ReferenceType referenceType, String referenceId, Permission permission, Acl... acls) {
        return new RequiredPermission(referenceType, referenceId, permission, Set.of(acls));
    }

    public static PermissionAcls or(PermissionAcls... permissionAcls) {
        return new AnyOf(List.of(permissionAcls));
    }

    public static PermissionAcls and(PermissionAcls... permissionAcls) {
        return new AllOf(List.of(permissionAcls));
    }

    /** No class of AM: one right, for a stand-in's PermissionService to read. */
    public record RequiredPermission(
            ReferenceType referenceType, String referenceId, Permission permission, Set<Acl> acls)
            implements PermissionAcls {}

    /** No class of AM: at least one. */
    public record AnyOf(List<PermissionAcls> alternatives) implements PermissionAcls {}

    /** No class of AM: all of them. */
    public record AllOf(List<PermissionAcls> parts) implements PermissionAcls {}
}
