package io.mcpaccess.authzen.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.gravitee.am.model.IdentityProvider;
import io.gravitee.am.model.ReferenceType;
import io.gravitee.am.repository.management.api.IdentityProviderRepository;
import io.mcpaccess.core.decision.AccessSettings;
import io.mcpaccess.core.decision.AgentSubject;
import io.mcpaccess.core.decision.BoundTokens;
import io.mcpaccess.core.decision.PermissionEngine;
import io.mcpaccess.core.mcp.ToolObject;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SharedUsernamesTest {

    private final IdentityProviderRepository providers = mock();
    private final PermissionEngine engine = mock();
    private final TestScheduler scheduler = new TestScheduler();

    @Test
    void usernamesAreSharedWhereProvidersAreSeveral() {
        assertThat(shared(AccessSettings.SubjectName.USERNAME, 2)).isTrue();
        assertThat(shared(AccessSettings.SubjectName.USERNAME, 1)).isFalse();
    }

    @Test
    void otherNamesOfSubjectsTellUsersApart() {
        assertThat(shared(AccessSettings.SubjectName.SOURCE_USERNAME, 2)).isFalse();
        assertThat(shared(AccessSettings.SubjectName.SUB, 2)).isFalse();
    }

    @Test
    void anAmWithoutThisRepositoryIsNotChecked() {
        assertThat(check(Optional.empty()).areShared().blockingGet()).isFalse();
    }

    @Test
    void looksOnceTheEnginesHadTimeToLoad() {
        when(engine.settings()).thenReturn(CompletableFuture.completedFuture(AccessSettings.DEFAULTS));
        when(providers.findAll(ReferenceType.DOMAIN, "demo")).thenReturn(Flowable.empty());
        SharedUsernames check = check(Optional.of(providers));
        check.start();
        scheduler.advanceTimeBy(2, TimeUnit.SECONDS);
        verify(providers).findAll(ReferenceType.DOMAIN, "demo");
        check.close();
    }

    private boolean shared(AccessSettings.SubjectName subject, int count) {
        AccessSettings defaults = AccessSettings.DEFAULTS;
        when(engine.settings())
                .thenReturn(CompletableFuture.completedFuture(new AccessSettings(
                        defaults.scopeCheck(),
                        defaults.unknownTools(),
                        defaults.sharedToolNames(),
                        subject,
                        ToolObject.UNQUALIFIED,
                        false,
                        "can_use",
                        false,
                        Set.of(),
                        AccessSettings.PermissionMode.ENFORCE,
                        Set.of(),
                        AgentSubject.BLUEPRINT,
                        BoundTokens.PEP_PROVED)));
        when(providers.findAll(ReferenceType.DOMAIN, "demo"))
                .thenReturn(Flowable.range(0, count).map(each -> new IdentityProvider()));
        return check(Optional.of(providers)).areShared().blockingGet();
    }

    private SharedUsernames check(Optional<IdentityProviderRepository> repository) {
        return new SharedUsernames("demo", repository, engine, scheduler, Duration.ofSeconds(1));
    }
}
