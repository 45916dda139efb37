package io.mcpaccess.sandbox.management.am;

import io.gravitee.am.identityprovider.api.User;
import io.gravitee.am.management.service.PermissionService;
import io.gravitee.am.management.service.permissions.PermissionAcls;
import io.gravitee.am.management.service.permissions.Permissions.AllOf;
import io.gravitee.am.management.service.permissions.Permissions.AnyOf;
import io.gravitee.am.management.service.permissions.Permissions.RequiredPermission;
import io.gravitee.am.model.ReferenceType;
import io.mcpaccess.sandbox.am.AmModels;
import io.mcpaccess.sandbox.data.ManagementUserRow;
import io.mcpaccess.sandbox.data.Tables;
import io.reactivex.rxjava3.core.Single;
import java.util.Optional;

/** AM's PermissionService. A question about a domain, environment or organization that does not exist is answered with no. */
public class TablePermissionService extends PermissionService {
    private final Tables tables;

    /**
     * Makes the service.
     *
     * @param tables the shared tables
     */
    public TablePermissionService(Tables tables) {
        this.tables = tables;
    }

    @Override
    public Single<Boolean> hasPermission(User user, PermissionAcls acls) {
        return Single.fromCallable(() -> isGranted(tables.managementUsers().find(user.getUsername()), acls));
    }

    private boolean isGranted(Optional<ManagementUserRow> user, PermissionAcls acls) {
        if (acls instanceof AnyOf any) {
            return any.alternatives().stream().anyMatch(part -> isGranted(user, part));
        }
        if (acls instanceof AllOf all) {
            return all.parts().stream().allMatch(part -> isGranted(user, part));
        }
        return acls instanceof RequiredPermission required
                && exists(required.referenceType(), required.referenceId())
                && required.acls().stream()
                        .allMatch(acl -> Rights.hold(user, required.permission().name(), acl));
    }

    private boolean exists(ReferenceType type, String id) {
        return switch (type) {
            case DOMAIN -> tables.domains().find(id).isPresent();
            case ENVIRONMENT, ORGANIZATION -> AmModels.ENVIRONMENT.equals(id);
            default -> false;
        };
    }
}
