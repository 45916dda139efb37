package io.mcpaccess.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.gravitee.am.dataplane.api.repository.ScopeApprovalRepository;
import io.gravitee.am.model.McpTool;
import io.gravitee.am.plugins.dataplane.core.DataPlaneRegistry;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What was approved before the installation, for a scope that stands for hundreds of tools. */
class AdoptionTest {

    private static final String SERVER = "billing-mcp";
    private static final String SCOPE = "invoices:read";
    private static final int MANY = 300;

    private final List<McpTool> tools = new ArrayList<>(
            IntStream.range(0, MANY).mapToObj(i -> Flow.tool("tool" + i, SCOPE)).toList());

    @Test
    void twoTokenRequestsAtOnceKeepAScopeOfThreeHundredTools() throws Exception {
        Approvals approvals = approved(5);
        ExecutorService clients = Executors.newFixedThreadPool(2);
        try {
            List<Callable<Flow>> requests = List.of(() -> token(approvals, 10_000), () -> {
                // The other has written some of the rows by now, and not all.
                await().atMost(Duration.ofSeconds(60))
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> approvals.size() >= MANY / 10);
                return token(approvals, 10_000);
            });
            for (Future<Flow> each : clients.invokeAll(requests)) {
                assertThat(each.get().request.getScopes()).containsExactlyInAnyOrder(SCOPE, "openid");
            }
        } finally {
            clients.shutdownNow();
        }

        assertThat(approvals.has(SCOPE)).as("the approval is not withdrawn").isTrue();
        assertThat(approvals.isMarked(SCOPE)).isTrue();
        assertThat(approvals.size()).as("approval, rows and marker").isEqualTo(1 + MANY + 1);
    }

    @Test
    void whatASlowStoreDidNotTakeInTimeIsWrittenByTheNextRequests() throws Exception {
        Approvals approvals = approved(20);

        assertThat(token(approvals, 300).request.getScopes()).contains(SCOPE);
        assertThat(approvals.isMarked(SCOPE)).as("not all rows are there").isFalse();
        int requests = 1;
        while (!approvals.isMarked(SCOPE) && requests < 200) {
            assertThat(token(approvals, 300).request.getScopes()).contains(SCOPE);
            requests++;
        }

        assertThat(approvals.isMarked(SCOPE)).isTrue();
        assertThat(requests).as("each request went on where the last one ended").isGreaterThan(1);
    }

    @Test
    void aToolThatCameWhileTheRowsWereWrittenIsNew() throws Exception {
        Approvals approvals = approved(20);
        token(approvals, 300);
        McpTool young = Flow.tool("delete_invoices", SCOPE);
        young.setCreatedAt(java.util.Date.from(Instant.now()));
        tools.add(young);

        assertThat(token(approvals, 300).request.getScopes()).containsExactly("openid");
    }

    @Test
    void anOldToolThatTheScopeGainedAfterAllRowsWereWrittenIsNew() throws Exception {
        Approvals approvals = approved(0);
        token(approvals, 10_000);
        tools.add(Flow.tool("export_all", SCOPE));

        assertThat(token(approvals, 10_000).request.getScopes()).containsExactly("openid");
    }

    @Test
    void aScopeThatStoodForNothingWhenItWasApprovedIsAskedForWhenItGainsAnOldTool() throws Exception {
        Approvals approvals = new Approvals();
        Instant now = Instant.now();
        approvals.approve("orders:read", now);
        Flow page = flow(approvals);
        page.attributes.put(
                "authorization_request",
                new ConsentStepTest.AuthorizationRequest(
                        java.util.Set.of("orders:read"), java.util.Set.of(Flow.BILLING), "x:/", true));
        ConsentStepTest.answer(page);
        tools.add(Flow.tool("list_orders", "orders:read"));

        Flow token = flow(approvals).asking("orders:read", "openid");

        assertThat(token.run(TokenStepTest.policy("observe")).request.getScopes())
                .containsExactly("openid");
    }

    @Test
    void aStoreThatTakesNoRowsCostsNobodyHisToken() throws Exception {
        Approvals approvals = approved(0);
        Flow flow = flow(approvals);
        ScopeApprovalRepository broken = mock(ScopeApprovalRepository.class);
        when(broken.upsert(any())).thenReturn(Single.error(new IllegalStateException("read only")));
        components(flow, broken);

        flow.run(TokenStepTest.policy("reject"));

        assertThat(flow.chain.ends()).containsExactly("");
        assertThat(flow.request.getScopes()).contains(SCOPE);
    }

    @Test
    void anApprovalThatCannotBeTakenBackDoesNotCarryTheNewTool() throws Exception {
        Approvals approvals = approved(0);
        token(approvals, 10_000);
        tools.add(Flow.tool("export_all", SCOPE));
        Flow flow = flow(approvals);
        ScopeApprovalRepository broken = mock(ScopeApprovalRepository.class);
        when(broken.delete(any())).thenReturn(Completable.error(new IllegalStateException("read only")));
        components(flow, broken);

        flow.run(TokenStepTest.policy("observe"));

        assertThat(flow.chain.ends()).containsExactly("");
        assertThat(flow.request.getScopes()).containsExactly("openid");
    }

    private static void components(Flow flow, ScopeApprovalRepository repository) {
        DataPlaneRegistry registry = mock(DataPlaneRegistry.class);
        when(registry.getScopeApprovalRepository(any())).thenReturn(repository);
        flow.components.put(DataPlaneRegistry.class, registry);
    }

    private static Approvals approved(long writeMillis) {
        Approvals approvals = new Approvals(writeMillis);
        approvals.approve(SCOPE, Instant.now().minusSeconds(60));
        return approvals;
    }

    private Flow flow(Approvals approvals) {
        Flow flow = new Flow(approvals);
        flow.resources.set(0, Flow.server(SERVER, Flow.BILLING, tools.toArray(McpTool[]::new)));
        return flow.engine(Engines.ours(question -> true));
    }

    private Flow token(Approvals approvals, int timeoutMs) throws Exception {
        return flow(approvals).run(TokenStepTest.policy("observe", "timeoutMs", timeoutMs));
    }
}
