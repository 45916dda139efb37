package io.mcpaccess.sandbox.management.am;

import io.gravitee.am.model.Acl;
import io.mcpaccess.sandbox.data.ManagementUserRow;
import java.util.Optional;

/** What a management user may do: a permission with all its acls, or one acl in brackets, or everything with a star. */
public final class Rights {
    private static final String ALL = "*";

    private Rights() {}

    /**
     * Whether a user holds a right.
     *
     * @param user the user, empty for an unknown one, who holds none
     * @param permission name of AM's permission
     * @param acl what to do with it
     * @return whether the user may
     */
    public static boolean hold(Optional<ManagementUserRow> user, String permission, Acl acl) {
        return user.filter(row -> row.permissions().stream()
                        .anyMatch(right -> right.equals(ALL)
                                || right.equals(permission)
                                || right.equals(permission + "[" + acl + "]")))
                .isPresent();
    }
}
