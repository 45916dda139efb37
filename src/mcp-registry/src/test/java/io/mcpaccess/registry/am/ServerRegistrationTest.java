package io.mcpaccess.registry.am;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.Mockito.doReturn;

import io.gravitee.am.service.model.NewScope;
import io.mcpaccess.registry.plan.DeclaredServer;
import io.mcpaccess.registry.plan.DeclaredTool;
import io.mcpaccess.registry.plan.PlanOptions;
import io.mcpaccess.registry.plan.PlannedChange;
import io.mcpaccess.registry.plan.RegistryException;
import io.mcpaccess.registry.plan.ScopeTemplate;
import io.mcpaccess.registry.plan.ToolHints;
import io.mcpaccess.registry.plan.ToolNames;
import io.mcpaccess.registry.testing.InMemoryAm;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ServerRegistrationTest {

    private static final PlanOptions PLAIN = new PlanOptions(ScopeTemplate.DEFAULT, false, false);
    private static final PlanOptions FORCED = new PlanOptions(ScopeTemplate.DEFAULT, false, true);

    private final InMemoryAm am = new InMemoryAm();
    private final AmServices services = new AmServices(am);
    private final ServerRegistration registration = new ServerRegistration(
            new AmDomains(services), new PlanWriter(services), new DomainLocks(), ToolNames.SHARED_REFUSED);

    @Test
    void definesScopesBeforeTheServer() {
        ServerRegistration.Outcome outcome = register(billing(tool("pay"), tool("list")));

        assertThat(am.calls).containsExactly("scope tools:pay", "scope tools:list", "create billing");
        assertThat(outcome.applied()).isTrue();
        assertThat(outcome.clientSecret()).contains("raw-secret");
        assertThat(outcome.plan().server()).hasValueSatisfying(server -> {
            assertThat(server.id()).contains("server-1");
            assertThat(server.clientId()).contains("client-of-server-1");
        });
        assertThat(outcome.toString()).doesNotContain("raw-secret");
    }

    @Test
    void sameDeclarationAgainWritesNothing() {
        register(billing(tool("pay")));
        am.calls.clear();

        ServerRegistration.Outcome again = register(billing(tool("pay")));

        assertThat(am.calls).isEmpty();
        assertThat(again.clientSecret()).isEmpty();
        assertThat(again.plan().tools()).allMatch(tool -> tool.change() == PlannedChange.UNCHANGED);
    }

    @Test
    void dryRunWritesNothing() {
        ServerRegistration.Outcome outcome =
                registration.register(InMemoryAm.admin(), billing(tool("pay")), PLAIN, true);

        assertThat(am.calls).isEmpty();
        assertThat(outcome.applied()).isFalse();
        assertThat(outcome.plan().isNewServer()).isTrue();
    }

    @Test
    void addsAToolAndKeepsTheOthers() {
        register(billing(tool("pay")));
        am.calls.clear();

        register(billing(tool("list")));

        assertThat(am.calls).containsExactly("scope tools:list", "patch billing");
        assertThat(am.storedResources.get("server-1").getFeatures())
                .extracting(feature -> feature.getKey())
                .containsExactly("pay", "list");
    }

    @Test
    void saysWhatWasDoneBeforeAFailureAndRepeatingFinishes() {
        doReturn(Single.error(new InMemoryAm.Refused("the database is away")))
                .when(am.scopes)
                .create(
                        any(),
                        argThat((NewScope scope) ->
                                scope != null && scope.getKey().equals("tools:list")),
                        any());

        assertThatThrownBy(() -> register(billing(tool("pay"), tool("list"))))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("tools:list was not defined: the database is away")
                .hasMessageContaining("the scopes tools:pay were defined");
        assertThat(am.storedResources).isEmpty();

        am.repairScopes();
        register(billing(tool("pay"), tool("list")));

        assertThat(am.calls).containsExactly("scope tools:pay", "scope tools:list", "create billing");
    }

    @Test
    void reportsThatTheServerWasNotCreated() {
        doReturn(Single.error(new InMemoryAm.Refused("no"))).when(am.resources).create(any(), any(), any());

        assertThatThrownBy(() -> register(billing(tool("pay"))))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.status()).isEqualTo(400))
                .hasMessage("The MCP server was not created: no. Done before it: the scopes tools:pay were defined."
                        + " Repeat the call to finish.");
    }

    @Test
    void twoAtOnceMakeOneServer() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<ServerRegistration.Outcome> work = () -> register(billing(tool("pay"), tool("list")));
            List<Future<ServerRegistration.Outcome>> all = threads.invokeAll(List.of(work, work, work, work));

            long created = 0;
            for (Future<ServerRegistration.Outcome> each : all) {
                created += each.get().plan().isNewServer() ? 1 : 0;
            }
            assertThat(created).isEqualTo(1);
            assertThat(am.storedResources).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void anotherNodeThatWasFasterMakesItAnUpdate() {
        ServerRegistration otherNode = new ServerRegistration(
                new AmDomains(services), new PlanWriter(services), new DomainLocks(), ToolNames.SHARED_REFUSED);
        doReturn(Single.defer(() -> {
                    am.repairResources();
                    otherNode.register(InMemoryAm.admin(), billing(tool("pay")), PLAIN, false);
                    return Single.error(new InMemoryAm.Refused("Resource identifier already exists"));
                }))
                .when(am.resources)
                .create(any(), any(), any());

        ServerRegistration.Outcome outcome = register(billing(tool("pay"), tool("list")));

        assertThat(am.storedResources).hasSize(1);
        assertThat(outcome.plan().isNewServer()).isFalse();
        assertThat(am.storedResources.get("server-1").getFeatures()).hasSize(2);
    }

    @Test
    void forcedWideningWithdrawsWhatUsersApprovedBeforeAndAfter() {
        register(billing(tool("list", "invoices:read")));
        am.calls.clear();

        registration.register(InMemoryAm.admin(), billing(tool("drop", "invoices:read")), FORCED, false);

        assertThat(am.calls).containsExactly("withdraw invoices:read", "patch billing", "withdraw invoices:read");
    }

    @Test
    void saysThatTheServerIsChangedWhenOnlyTheSecondWithdrawalFails() {
        register(billing(tool("list", "invoices:read")));
        doReturn(Completable.complete(), Completable.error(new IllegalStateException("down")))
                .when(am.approvals)
                .deleteByDomainAndScopeKey(anyString(), anyString());

        assertThatThrownBy(() -> registration.register(
                        InMemoryAm.admin(), billing(tool("drop", "invoices:read")), FORCED, false))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("was changed")
                .hasMessageContaining("invoices:read")
                .hasMessageNotContaining("Nothing was changed");
    }

    @Test
    void aNewServerThatWidensAScopeWithdrawsBeforeAndAfter() {
        am.application("agent", "invoices:read");

        registration.register(InMemoryAm.admin(), billing(tool("list", "invoices:read")), FORCED, false);

        assertThat(am.calls).endsWith("withdraw invoices:read", "create billing", "withdraw invoices:read");
    }

    @Test
    void withoutForceNothingIsWidened() {
        am.application("agent", "invoices:read");

        ServerRegistration.Outcome outcome = register(billing(tool("list", "invoices:read")));

        assertThat(outcome.plan().tools().get(0).change()).isEqualTo(PlannedChange.REFUSED);
        assertThat(am.storedResources.get("server-1").getFeatures()).isEmpty();
    }

    @Test
    void definesScopesThatToolsLack() {
        register(billing(tool("pay")));
        am.storedScopes.clear();

        ServerRegistration.Outcome outcome = registration.defineScopes(InMemoryAm.admin(), false);

        assertThat(outcome.plan().newScopes()).hasSize(1);
        assertThat(am.storedScopes).containsOnlyKeys("tools:pay");
        assertThat(registration.defineScopes(InMemoryAm.admin(), false).plan().newScopes())
                .isEmpty();
    }

    private ServerRegistration.Outcome register(DeclaredServer declared) {
        return registration.register(InMemoryAm.admin(), declared, PLAIN, false);
    }

    private static DeclaredServer billing(DeclaredTool... tools) {
        return new DeclaredServer(
                Optional.of("billing"),
                Optional.empty(),
                List.of("https://billing.example.com/mcp"),
                false,
                List.of(tools));
    }

    private static DeclaredTool tool(String key, String... scopes) {
        return new DeclaredTool(
                key,
                Optional.of("Does " + key),
                scopes.length == 0 ? Optional.empty() : Optional.of(Arrays.asList(scopes)),
                ToolHints.NONE);
    }
}
