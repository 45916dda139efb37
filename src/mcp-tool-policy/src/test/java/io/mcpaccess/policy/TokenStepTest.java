package io.mcpaccess.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gravitee.am.authorizationengine.api.model.AuthorizationEngineResponse;
import io.gravitee.am.model.User;
import io.gravitee.am.model.oidc.Client;
import io.mcpaccess.core.authzen.Decision;
import io.mcpaccess.core.decision.AccessSettings;
import io.mcpaccess.core.decision.AgentSubject;
import io.mcpaccess.core.decision.AuditRule;
import io.mcpaccess.core.decision.BoundTokens;
import io.mcpaccess.policy.am.Refusal;
import io.reactivex.rxjava3.core.Single;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenStepTest {

    private static final String DENIED = Refusal.NO_CALLABLE_TOOL.key();

    private final Flow flow = new Flow();

    @ParameterizedTest
    @ValueSource(strings = {"observe", "reject", "narrow"})
    void passesATokenWhoseToolsMayBeCalled(String mode) throws Exception {
        flow.engine(Engines.ours("user:alice tools/call tool:list_invoices"::equals))
                .run(policy(mode));

        assertThat(flow.chain.ends()).containsExactly("");
        assertThat(flow.request.getScopes()).containsExactlyInAnyOrder("invoices:read", "openid");
        assertThat(flow.attributes).containsEntry("mcp_tools", List.of("list_invoices"));
    }

    @Test
    void observeRecordsAndLetsPass() throws Exception {
        flow.engine(Engines.ours(question -> false)).run(policy("observe"));

        assertThat(flow.chain.ends()).containsExactly("");
        assertThat(flow.request.getScopes()).containsExactlyInAnyOrder("invoices:read", "openid");
        assertThat(flow.attributes).containsEntry("mcp_tools", List.of());
        assertThat(flow.audits).hasSize(1);
        assertThat(flow.audits.get(0).toString())
                .contains("observed", "billing-mcp/list_invoices=permission_denied", "alice");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "100, 0"})
    void theEngineSaysWhetherAPermittedTokenIsAudited(int oneIn, int entries) throws Exception {
        flow.engine(Engines.oursAuditing(new AuditRule(oneIn), question -> true))
                .run(sampling(bound -> bound - 1));

        assertThat(flow.chain.ends()).containsExactly("");
        assertThat(flow.audits).hasSize(entries);
    }

    @Test
    void aToolThatMayNotBeCalledIsAuditedWhateverTheEngineSays() throws Exception {
        flow.engine(Engines.oursAuditing(new AuditRule(0), question -> false)).run(policy("observe"));

        assertThat(flow.audits).hasSize(1);
    }

    @Test
    void rejectRefusesAScopeWithoutACallableTool() throws Exception {
        flow.engine(Engines.ours(question -> false)).run(policy("reject"));

        assertThat(flow.chain.ends()).containsExactly(DENIED);
        assertThat(flow.chain.failure().statusCode()).isEqualTo(400);
        assertThat(flow.chain.failure().message()).doesNotContain("invoice", "alice", "tool:", "OpenFGA");
    }

    @Test
    void narrowLeavesOutTheScopeAlone() throws Exception {
        flow.resources.add(Flow.server("other", Flow.BILLING, Flow.tool("refund", "invoices:write")));

        flow.asking("invoices:read", "invoices:write", "openid")
                .engine(Engines.ours(question -> question.endsWith("refund")))
                .run(policy("narrow"));

        assertThat(flow.chain.ends()).containsExactly("");
        assertThat(flow.request.getScopes()).containsExactlyInAnyOrder("invoices:write", "openid");
        assertThat(flow.attributes).containsEntry("mcp_tools", List.of("refund"));
    }

    @Test
    void case07_narrowRefusesWhenNoScopeIsLeft() throws Exception {
        flow.asking("invoices:read").engine(Engines.ours(question -> false)).run(policy("narrow"));

        assertThat(flow.chain.ends()).containsExactly(DENIED);
        assertThat(flow.request.getScopes()).containsExactly("invoices:read");
    }

    @Test
    void asksAboutAllToolsInOneBatch() throws Exception {
        List<Integer> batches = new ArrayList<>();
        flow.resources.set(
                0,
                Flow.server(
                        "billing-mcp",
                        Flow.BILLING,
                        Flow.tool("one", "invoices:read"),
                        Flow.tool("two", "invoices:read"),
                        Flow.tool("unasked", "admin")));

        flow.engine(Engines.ours(AccessSettings.DEFAULTS, questions -> {
                    batches.add(questions.size());
                    return CompletableFuture.completedFuture(
                            List.of(new Decision(true, Map.of()), new Decision(true, Map.of())));
                }))
                .run(policy("reject"));

        assertThat(batches).containsExactly(2);
        assertThat(flow.chain.ends()).containsExactly("");
    }

    @Test
    void leavesRequestsWithoutMcpServersAlone() throws Exception {
        flow.request.setResources(null);

        flow.run(policy("reject"));

        assertThat(flow.chain.ends()).containsExactly("");
        assertThat(flow.audits).isEmpty();
    }

    @Test
    void doesNotNeedAnEngineForScopesThatStandForNoTool() throws Exception {
        flow.asking("openid", "profile").run(policy("reject"));

        assertThat(flow.chain.ends()).containsExactly("");
    }

    @Test
    void asksAnEngineOfSomebodyElseQuestionByQuestion() throws Exception {
        List<String> asked = new ArrayList<>();

        flow.engine(Engines.another(question -> {
                    asked.add(question.subject().id() + " " + question.action().name() + " "
                            + question.resource().id());
                    return Single.just(new AuthorizationEngineResponse(true, Map.of()));
                }))
                .run(policy("reject", "action", "can_access"));

        assertThat(flow.chain.ends()).containsExactly("");
        assertThat(asked).containsExactly("alice can_access list_invoices");
    }

    @Test
    void aToolNameThatTwoServersShareIsRefusedUnasked() throws Exception {
        flow.resources.add(Flow.server("payroll", "http://payroll/mcp", Flow.tool("list_invoices", "payroll")));

        flow.engine(Engines.ours(question -> true)).run(policy("reject"));

        assertThat(flow.chain.ends()).containsExactly(DENIED);
        assertThat(flow.audits.get(0).toString()).contains("tool_ambiguous");
    }

    @Test
    void theServersOfOtherDomainsDoNotCount() throws Exception {
        flow.resources.add(Flow.server("payroll", "http://payroll/mcp", Flow.tool("list_invoices", "payroll")));
        flow.resources.get(1).setDomainId("another");

        flow.engine(Engines.ours(question -> true)).run(policy("reject"));

        assertThat(flow.chain.ends()).containsExactly("");
    }

    @Test
    void aUsernameThatIsAUsersetIsNeverAskedAbout() throws Exception {
        flow.attributes.put("user", Flow.user("x#can_call"));

        flow.engine(Engines.ours(question -> true)).run(policy("reject"));

        assertThat(flow.chain.ends()).containsExactly(DENIED);
        assertThat(flow.audits.get(0).toString()).contains("invalid_identifier");
    }

    @Test
    void aClientThatActsForItselfIsTheSubject() throws Exception {
        flow.attributes.remove("user");
        flow.request.setGrantType("client_credentials");

        flow.engine(Engines.ours("application:agent tools/call tool:list_invoices"::equals))
                .run(policy("reject"));

        assertThat(flow.chain.ends()).containsExactly("");
    }

    @Test
    void namesTheUserAsTheTemplateSays() throws Exception {
        User alice = Flow.user("alice");
        alice.setSource("ldap");
        flow.attributes.put("user", alice);

        flow.engine(Engines.ours("person:ldap/alice tools/call tool:list_invoices"::equals))
                .run(policy("reject", "subject", "{source}/{username}", "subjectType", "person"));

        assertThat(flow.chain.ends()).containsExactly("");
    }

    @Test
    void onAPageThatIsNotConsentThereIsNothingToDo() throws Exception {
        flow.attributes.put("contextPath", "/demo");

        flow.run(policy("reject"));

        assertThat(flow.chain.ends()).containsExactly("");
        assertThat(flow.audits).isEmpty();
    }

    private static McpToolAccessPolicy sampling(IntUnaryOperator random) {
        return new McpToolAccessPolicy(new McpToolAccessConfiguration(), Clock.systemUTC(), random);
    }

    static McpToolAccessPolicy policy(String mode, Object... more) {
        McpToolAccessConfiguration configuration = new McpToolAccessConfiguration();
        configuration.set("mode", mode);
        for (int i = 0; i < more.length; i += 2) {
            configuration.set((String) more[i], more[i + 1]);
        }
        return new McpToolAccessPolicy(configuration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"reject", "observe"})
    void attack_anApplicationCalledLikeAUserHoldsNoneOfHisPermissions(String mode) throws Exception {
        flow.request.setGrantType("client_credentials");
        flow.attributes.remove("user");
        ((Client) flow.attributes.get("client")).setClientId("alice");

        flow.engine(Engines.ours("user:alice tools/call tool:list_invoices"::equals))
                .run(policy(mode));

        assertThat(flow.chain.ends()).containsExactly(mode.equals("observe") ? "" : "mcp_tool_access_denied");
        assertThat(flow.audits.get(0).toString()).contains("application", "permission_denied");
        assertThat(flow.attributes.getOrDefault("mcp_tools", List.of())).isEqualTo(List.of());
    }

    @ParameterizedTest
    @CsvSource({"BLUEPRINT, agent:agent", "INSTANCE, agent:alice"})
    void attack_anAgentThatNamesAUserAsItsInstanceIsAnAgent(AgentSubject names, String asked) throws Exception {
        flow.request.setGrantType("client_credentials");
        flow.attributes.remove("user");
        flow.attributes.put("client", new AgentClient("agent", "alice"));
        AccessSettings settings = AccessSettings.DEFAULTS.withTokens(names, BoundTokens.PEP_PROVED);

        flow.engine(Engines.oursSet(settings, (asked + " tools/call tool:list_invoices")::equals))
                .run(policy("reject"));

        assertThat(flow.chain.ends()).containsExactly("");
        assertThat(flow.attributes).containsEntry("mcp_tools", List.of("list_invoices"));
    }

    @Test
    void anAgentApplicationIsTheActorOfItsUsersTokens() throws Exception {
        flow.attributes.put("client", new AgentClient("agent", "instance-7"));
        AccessSettings settings = CallablesTest.checking(false, true);

        flow.engine(Engines.oursSet(settings, "user:alice tools/call tool:list_invoices"::equals))
                .run(policy("reject"));

        assertThat(flow.chain.ends()).containsExactly("mcp_tool_access_denied");
        assertThat(flow.audits.get(0).toString()).contains("actor_denied");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"mdoe\":\"observe\"}", "{\"mode\":null}", "{\"mode\":\"observe\",\"mode\":\"observe\"}"})
    void aWrongSettingClosesEveryPath(String json) throws Exception {
        McpToolAccessPolicy wrong =
                new McpToolAccessPolicy(new ObjectMapper().readValue(json, McpToolAccessConfiguration.class));

        flow.engine(Engines.ours(question -> true)).run(wrong);
        Flow page = new Flow();
        page.attributes.put("authorization_request", new Object());
        page.run(wrong);

        assertThat(flow.chain.ends()).containsExactly("mcp_tool_access_unavailable");
        assertThat(page.chain.ends()).containsExactly("mcp_tool_access_unavailable");
    }

    /** AM's client since 4.12. */
    public static final class AgentClient extends Client {
        private final String instance;

        AgentClient(String clientId, String instance) {
            setClientId(clientId);
            this.instance = instance;
        }

        public boolean isAgentApplication() {
            return true;
        }

        public Object getAgentType() {
            return "AUTONOMOUS";
        }

        public String getAgentInstanceId() {
            return instance;
        }
    }
}
