package io.gravitee.am.management.service;

import io.gravitee.am.identityprovider.api.User;
import io.gravitee.am.management.service.permissions.PermissionAcls;
import io.reactivex.rxjava3.core.Single;

/**
 * Whether a console user holds rights; a bean of the management API only.
 */
public class PermissionService {
    public Single<Boolean> hasPermission(User user, PermissionAcls permissions) {
        throw new UnsupportedOperationException(
                "AM's PermissionService is needed here: AM or the sandbox provides the bean");
    }
}
