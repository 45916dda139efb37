package io.mcpaccess.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import io.gravitee.am.model.McpTool;
import io.mcpaccess.core.authzen.Decision;
import io.mcpaccess.core.decision.AccessSettings;
import io.mcpaccess.core.decision.AccessSettings.ScopeCheck;
import io.mcpaccess.core.decision.AccessSettings.SharedToolNames;
import io.mcpaccess.core.decision.AccessSettings.SubjectName;
import io.mcpaccess.core.decision.AccessSettings.UnknownTools;
import io.mcpaccess.core.decision.AgentSubject;
import io.mcpaccess.core.decision.BoundTokens;
import io.mcpaccess.core.mcp.ToolObject;
import io.mcpaccess.policy.am.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The claim {@code mcp_tools} by the rules of the call itself: the user, the application, the actors. */
class CallablesTest {

    private static final String ALICE = "user:alice tools/call tool:list_invoices";
    private static final Object DENIED = Refusal.NO_CALLABLE_TOOL.key();

    private final Flow flow = new Flow();

    @ParameterizedTest
    @CsvSource({
        "application:agent can_use tool:list_invoices, true",
        "application:agent can_use mcp_server:billing-mcp, true",
        "application:other can_use tool:list_invoices, false"
    })
    void anApplicationNeedsItsRelationToTheToolOrItsServerWhereTheEngineChecksIt(String held, boolean callable)
            throws Exception {
        flow.engine(Engines.oursSet(checking(true, false), Set.of(ALICE, held)::contains))
                .run(TokenStepTest.policy("observe"));

        assertThat(flow.attributes).containsEntry("mcp_tools", callable ? List.of("list_invoices") : List.of());
        assertThat(flow.audits.get(0).toString()).contains(callable ? "permitted" : "client_not_allowed");
    }

    @Test
    void aTokenOfAnApplicationThatMayUseNoneOfTheToolsIsRefused() throws Exception {
        flow.engine(Engines.oursSet(checking(true, false), ALICE::equals)).run(TokenStepTest.policy("reject"));

        assertThat(flow.chain.ends()).containsExactly((String) DENIED);
    }

    @Test
    void eachActorNeedsThePermissionWhereTheEngineChecksIt() throws Exception {
        flow.request.setActClaim(Map.of("sub", "planner", "act", Map.of("sub", "runner")));

        flow.engine(Engines.oursSet(
                        checking(false, true), Set.of(ALICE, "agent:planner tools/call tool:list_invoices")::contains))
                .run(TokenStepTest.policy("observe"));

        assertThat(flow.attributes).containsEntry("mcp_tools", List.of());
        assertThat(flow.audits.get(0).toString()).contains("actor_denied");
    }

    @Test
    void aUserAndAllActorsWithThePermissionMayCall() throws Exception {
        flow.request.setActClaim(Map.of("sub", "planner", "act", Map.of("sub", "runner")));

        flow.engine(Engines.oursSet(checking(false, true), question -> true)).run(TokenStepTest.policy("observe"));

        assertThat(flow.attributes).containsEntry("mcp_tools", List.of("list_invoices"));
    }

    @Test
    void aChainOfFiveActorsMayCallNothing() throws Exception {
        Map<String, Object> chain = Map.of("sub", "a5");
        for (int i = 4; i > 0; i--) {
            chain = Map.of("sub", "a" + i, "act", chain);
        }
        flow.request.setActClaim(chain);

        flow.engine(Engines.oursSet(checking(false, true), question -> true)).run(TokenStepTest.policy("observe"));

        assertThat(flow.attributes).containsEntry("mcp_tools", List.of());
    }

    @ParameterizedTest
    @CsvSource({"observe, ''", "reject, mcp_tool_access_unavailable", "narrow, mcp_tool_access_unavailable"})
    void actorsThatCannotBeReadAreADoubt(String mode, String end) throws Exception {
        flow.request.setActClaim(Map.of("sub", 7));

        flow.engine(Engines.ours(question -> true)).run(TokenStepTest.policy(mode));

        assertThat(flow.chain.ends()).containsExactly(end);
        assertThat(flow.attributes).doesNotContainKey("mcp_tools");
        assertThat(flow.audits.get(0).toString()).contains("actor_unreadable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x#member", "*", "a b"})
    void anActorThatIsNoIdentifierReachesNoEngine(String actor) throws Exception {
        flow.request.setActClaim(Map.of("sub", actor));
        List<Integer> asked = new ArrayList<>();

        flow.engine(Engines.ours(checking(false, true), questions -> {
                    asked.add(questions.size());
                    return CompletableFuture.completedFuture(List.of());
                }))
                .run(TokenStepTest.policy("observe"));

        assertThat(asked).isEmpty();
        assertThat(flow.attributes).containsEntry("mcp_tools", List.of());
    }

    @Test
    void toolsWithoutScopesAreListedByTheirPermissionAlone() throws Exception {
        flow.resources.set(
                0,
                Flow.server(
                        "billing-mcp",
                        Flow.BILLING,
                        Flow.tool("list_invoices", "invoices:read"),
                        Flow.tool("ping"),
                        Flow.tool("secret")));

        flow.engine(Engines.ours(question -> !question.endsWith("secret"))).run(TokenStepTest.policy("reject"));

        assertThat(flow.attributes).containsEntry("mcp_tools", List.of("list_invoices", "ping"));
        assertThat(flow.request.getScopes()).containsExactlyInAnyOrder("invoices:read", "openid");
    }

    @Test
    void aTokenWithoutScopesListsThemToo() throws Exception {
        flow.resources.set(0, Flow.server("billing-mcp", Flow.BILLING, Flow.tool("ping")));

        flow.asking().engine(Engines.ours(question -> true)).run(TokenStepTest.policy("narrow"));

        assertThat(flow.chain.ends()).containsExactly("");
        assertThat(flow.attributes).containsEntry("mcp_tools", List.of("ping"));
    }

    @Test
    void applicationsAndToolsAreAskedAboutInOneBatch() throws Exception {
        List<List<String>> batches = new ArrayList<>();
        flow.resources.set(
                0,
                Flow.server(
                        "billing-mcp",
                        Flow.BILLING,
                        Flow.tool("one", "invoices:read"),
                        Flow.tool("two", "invoices:read")));

        flow.engine(Engines.ours(checking(true, false), questions -> {
                    batches.add(questions.stream().map(Engines::text).toList());
                    return CompletableFuture.completedFuture(questions.stream()
                            .map(question -> new Decision(true, Map.of()))
                            .toList());
                }))
                .run(TokenStepTest.policy("reject"));

        assertThat(batches).hasSize(1);
        assertThat(batches.get(0)).doesNotHaveDuplicates().hasSize(5);
        assertThat(flow.attributes).containsEntry("mcp_tools", List.of("one", "two"));
    }

    @Test
    void case32_tenThousandToolsAndAScopeTextOf64KilobytesAreOneQuestion() throws Exception {
        McpTool[] many = IntStream.range(0, 10_000)
                .mapToObj(i -> Flow.tool("tool_" + i, "invoices:read"))
                .toArray(McpTool[]::new);
        flow.resources.set(0, Flow.server("billing-mcp", Flow.BILLING, many));
        String[] scopes = Stream.concat(
                        Stream.of("invoices:read"),
                        IntStream.range(0, 4_096).mapToObj(i -> String.format("scope:%09d", i)))
                .toArray(String[]::new);
        List<Integer> batches = new ArrayList<>();

        flow.asking(scopes)
                .engine(Engines.ours(AccessSettings.DEFAULTS, questions -> {
                    batches.add(questions.size());
                    return CompletableFuture.completedFuture(
                            Collections.nCopies(questions.size(), new Decision(true, Map.of())));
                }))
                .run(TokenStepTest.policy("reject", "reconsent", false, "timeoutMs", 10_000));

        assertThat(flow.chain.ends()).containsExactly("");
        assertThat(batches).containsExactly(10_000);
        assertThat(flow.attributes.get("mcp_tools")).asInstanceOf(LIST).hasSize(10_000);
    }

    @Test
    void theEngineIsWaitedForAsLongAsItsOwnDeadlineSays() throws Exception {
        flow.engine(Engines.ours(
                        AccessSettings.DEFAULTS,
                        Optional.of(Duration.ofSeconds(15)),
                        questions -> CompletableFuture.supplyAsync(
                                () -> List.of(new Decision(true, Map.of())),
                                CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS))))
                .run(TokenStepTest.policy("reject", "timeoutMs", 50));

        assertThat(flow.chain.ends()).containsExactly("");
    }

    @Test
    void anEngineThatIsPastItsDeadlineIsWaitedForNoLonger() throws Exception {
        flow.engine(Engines.ours(
                        AccessSettings.DEFAULTS,
                        Optional.of(Duration.ofMillis(50)),
                        questions -> new CompletableFuture<>()))
                .run(TokenStepTest.policy("reject", "timeoutMs", 10_000));

        assertThat(flow.chain.ends()).containsExactly(Refusal.DOUBT.key());
    }

    static AccessSettings checking(boolean client, boolean actor) {
        return new AccessSettings(
                ScopeCheck.WHEN_PRESENTED,
                UnknownTools.ENGINE,
                SharedToolNames.DENY,
                SubjectName.USERNAME,
                ToolObject.UNQUALIFIED,
                client,
                "can_use",
                actor,
                Set.of(),
                AccessSettings.PermissionMode.ENFORCE,
                Set.of(),
                AgentSubject.BLUEPRINT,
                BoundTokens.PEP_PROVED);
    }
}
