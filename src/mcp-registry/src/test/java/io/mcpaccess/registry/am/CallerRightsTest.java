package io.mcpaccess.registry.am;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gravitee.am.management.service.PermissionService;
import io.gravitee.am.model.Acl;
import io.gravitee.am.model.permissions.Permission;
import io.mcpaccess.registry.plan.RegistryException;
import io.mcpaccess.registry.testing.InMemoryAm;
import io.mcpaccess.registry.testing.ManagementApi;
import java.security.Principal;
import org.junit.jupiter.api.Test;

class CallerRightsTest {

    private static final Need WRITE = Need.of(Permission.PROTECTED_RESOURCE, Acl.CREATE, Acl.UPDATE);
    private static final Need SCOPES = Need.of(Permission.DOMAIN_SCOPE, Acl.CREATE);

    private final InMemoryAm am = new InMemoryAm();
    private final CallerRights rights = new CallerRights(new AmServices(am));

    @Test
    void admitsACallerWithAllRights() {
        AdmittedCaller admitted = rights.admit(caller(new ManagementApi.Token(), InMemoryAm.DOMAIN), WRITE, SCOPES);

        assertThat(admitted.user().getUsername()).isEqualTo("admin");
        assertThat(admitted.domain().getId()).isEqualTo(InMemoryAm.DOMAIN);
    }

    @Test
    void refusesWhoLacksOneOfThem() {
        am.granted.remove(Permission.DOMAIN_SCOPE);

        assertRefused(403, caller(new ManagementApi.Token(), InMemoryAm.DOMAIN));
    }

    @Test
    void refusesWhoCannotBeNamed() {
        assertRefused(403, caller(null, InMemoryAm.DOMAIN));
        assertRefused(403, caller(() -> "somebody", InMemoryAm.DOMAIN));
    }

    @Test
    void doesNotKnowOtherDomainsAndTheirEngines() {
        assertRefused(404, caller(new ManagementApi.Token(), "domain-2"));
        assertRefused(404, new ManagementCaller(new ManagementApi.Token(), "o", "e", InMemoryAm.DOMAIN, "engine-2"));
        assertRefused(
                404, new ManagementCaller(new ManagementApi.Token(), "o", "e2", InMemoryAm.DOMAIN, InMemoryAm.ENGINE));
    }

    @Test
    void cannotCheckOnANodeWithoutPermissions() {
        am.without(PermissionService.class);

        assertRefused(501, caller(new ManagementApi.Token(), InMemoryAm.DOMAIN));
    }

    private void assertRefused(int status, ManagementCaller caller) {
        assertThatThrownBy(() -> rights.admit(caller, WRITE, SCOPES))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.status()).isEqualTo(status));
    }

    private static ManagementCaller caller(Principal principal, String domain) {
        return new ManagementCaller(principal, "o", "e", domain, InMemoryAm.ENGINE);
    }
}
