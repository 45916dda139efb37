package io.mcpaccess.sandbox.management.am;

import static org.assertj.core.api.Assertions.assertThat;

import io.gravitee.am.identityprovider.api.DefaultUser;
import io.gravitee.am.management.service.permissions.PermissionAcls;
import io.gravitee.am.management.service.permissions.Permissions;
import io.gravitee.am.model.Acl;
import io.gravitee.am.model.ReferenceType;
import io.gravitee.am.model.permissions.Permission;
import io.mcpaccess.sandbox.TestTables;
import org.junit.jupiter.api.Test;

class TablePermissionServiceTest {
    private final TablePermissionService service = new TablePermissionService(TestTables.of("""
            managementUsers: [{username: limited, password: p, permissions: [DOMAIN_AUTHORIZATION_ENGINE, "DOMAIN_SCOPE[READ]"]}]
            domains: [{id: demo}]
            """));

    @Test
    void administratorMayEverythingThatExists() {
        assertThat(may("admin", in("demo", Permission.PROTECTED_RESOURCE, Acl.CREATE)))
                .isTrue();
        assertThat(may("admin", in("unknown", Permission.PROTECTED_RESOURCE, Acl.CREATE)))
                .isFalse();
    }

    @Test
    void limitedUserMayWhatIsNamed() {
        assertThat(may("limited", in("demo", Permission.DOMAIN_AUTHORIZATION_ENGINE, Acl.UPDATE)))
                .isTrue();
        assertThat(may("limited", in("demo", Permission.DOMAIN_SCOPE, Acl.READ)))
                .isTrue();
        assertThat(may("limited", in("demo", Permission.DOMAIN_SCOPE, Acl.READ, Acl.CREATE)))
                .isFalse();
        assertThat(may("limited", in("demo", Permission.PROTECTED_RESOURCE, Acl.READ)))
                .isFalse();
    }

    @Test
    void unknownUserMayNothing() {
        assertThat(may("nobody", in("demo", Permission.DOMAIN_SCOPE, Acl.READ))).isFalse();
    }

    @Test
    void alternativesAndConjunctions() {
        PermissionAcls held = in("demo", Permission.DOMAIN_SCOPE, Acl.READ);
        PermissionAcls notHeld = in("demo", Permission.PROTECTED_RESOURCE, Acl.READ);

        assertThat(may("limited", Permissions.or(notHeld, held))).isTrue();
        assertThat(may("limited", Permissions.and(notHeld, held))).isFalse();
        assertThat(may(
                        "limited",
                        Permissions.of(ReferenceType.ENVIRONMENT, "DEFAULT", Permission.DOMAIN_SCOPE, Acl.READ)))
                .isTrue();
    }

    private boolean may(String user, PermissionAcls acls) {
        return service.hasPermission(new DefaultUser(user), acls).blockingGet();
    }

    private static PermissionAcls in(String domain, Permission permission, Acl... acls) {
        return Permissions.of(ReferenceType.DOMAIN, domain, permission, acls);
    }
}
