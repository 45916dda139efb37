package io.mcpaccess.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.gravitee.am.authorizationengine.api.AuthorizationEngineProvider;
import io.gravitee.am.model.McpTool;
import io.gravitee.am.model.ProtectedResource;
import io.gravitee.am.model.oidc.Client;
import io.gravitee.common.http.HttpMethod;
import io.gravitee.common.util.LinkedMultiValueMap;
import io.gravitee.common.util.MultiValueMap;
import io.gravitee.gateway.api.Request;
import io.gravitee.gateway.api.Response;
import io.mcpaccess.policy.ConsentStepTest.AuthorizationRequest;
import io.reactivex.rxjava3.core.Maybe;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One user and one application over time, as the tools behind a scope change. */
class ReconsentTest {

    private static final String SERVER = "billing-mcp";
    private static final String SCOPE = "invoices:read";
    private static final McpTool OLD = Flow.tool("list_invoices", SCOPE);

    private final Approvals approvals = new Approvals();
    private List<McpTool> tools;

    @BeforeEach
    void oneTool() {
        tools = new ArrayList<>(List.of(OLD));
    }

    @Test
    void whatWasApprovedBeforeTheInstallationCountsForOlderTools() throws Exception {
        approvals.approve(SCOPE, Instant.now().minusSeconds(60));

        assertThat(token("observe").request.getScopes()).containsExactlyInAnyOrder(SCOPE, "openid");
        assertThat(approvals.hasRow(SERVER, SCOPE, "list_invoices")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"observe", "reject", "narrow"})
    void aToolThatTheScopeGainedTakesTheScopeOutOfTheTokenAndNoCodeIsBurned(String mode) throws Exception {
        approveOnThePage(SCOPE);
        tools.add(youngTool("delete_invoices"));

        Flow flow = token(mode);

        assertThat(flow.chain.ends()).containsExactly("");
        assertThat(flow.request.getScopes()).containsExactly("openid");
        assertThat(flow.attributes).containsEntry("mcp_tools", List.of());
        assertThat(approvals.has(SCOPE)).as("AM asks the next time").isFalse();
        assertThat(flow.audits).hasSize(1);
        assertThat(flow.audits.get(0).toString()).contains("reconsent_scopes=[invoices:read]", "narrowed");
    }

    static Stream<Maybe<AuthorizationEngineProvider>> enginesThatDoNotAnswer() {
        return Stream.of(Maybe.error(new IllegalStateException("down")), Maybe.never());
    }

    @ParameterizedTest
    @MethodSource("enginesThatDoNotAnswer")
    void anEngineThatIsDownOrSlowDoesNotCarryANewToolPastTheConsentThatIsOwed(Maybe<AuthorizationEngineProvider> engine)
            throws Exception {
        tools.add(Flow.tool("list_orders", "orders:read"));
        approveOnThePage("orders:read");
        approveOnThePage(SCOPE);
        tools.add(youngTool("delete_invoices"));

        Flow flow = flow().asking(SCOPE, "orders:read")
                .engine(engine)
                .run(TokenStepTest.policy("observe", "timeoutMs", 1_000));

        assertThat(flow.chain.ends()).containsExactly("");
        assertThat(flow.request.getScopes()).containsExactly("orders:read");
        assertThat(flow.audits.get(0).toString()).contains("engine_unavailable");
    }

    @Test
    void aScopeThatAnOldToolGainedCountsAsNewToo() throws Exception {
        approveOnThePage(SCOPE);
        tools.add(Flow.tool("export_all", SCOPE));

        assertThat(token("observe").request.getScopes()).containsExactly("openid");
    }

    @Test
    void thePageMarksTheNewToolAndApprovingItBringsTheScopeBack() throws Exception {
        approveOnThePage(SCOPE);
        tools.add(youngTool("delete_invoices"));
        token("observe");

        assertThat(page().get("mcpTools").toString())
                .contains("delete_invoices")
                .containsPattern("isNew=true")
                .containsPattern("isNew=false");
        approveOnThePage(SCOPE);

        assertThat(token("observe").request.getScopes()).containsExactlyInAnyOrder(SCOPE, "openid");
    }

    @Test
    void aPageForAnotherScopeListsTheScopeThatGainedATool() throws Exception {
        approveOnThePage(SCOPE);
        tools.add(youngTool("delete_invoices"));

        page();

        assertThat(approvals.has(SCOPE)).isFalse();
    }

    @Test
    void approvingAnotherScopeIsNoApprovalOfTheNewTool() throws Exception {
        approveOnThePage(SCOPE);
        tools.add(youngTool("delete_invoices"));
        tools.add(Flow.tool("refund", "invoices:write"));
        aMomentPasses();

        approvals.approve("invoices:write", Instant.now());
        consent(
                HttpMethod.POST,
                new AuthorizationRequest(Set.of(SCOPE, "invoices:write"), Set.of(Flow.BILLING), "x:/", true));

        assertThat(approvals.hasRow(SERVER, "invoices:write", "refund")).isTrue();
        assertThat(approvals.hasRow(SERVER, SCOPE, "delete_invoices")).isFalse();
    }

    @Test
    void case05_aToolThatCameWhileThePageWasOpenIsNotApproved() throws Exception {
        String shown = (String) page().get("mcpShown");
        tools.add(youngTool("delete_invoices"));
        approvals.approve(SCOPE, Instant.now());

        answer(true, SCOPE, shown);

        assertThat(token("observe").request.getScopes()).containsExactly("openid");
        assertThat(approvals.has(SCOPE)).as("AM asks again").isFalse();
        String shownAgain = (String) page().get("mcpShown");
        approvals.approve(SCOPE, Instant.now());
        answer(true, SCOPE, shownAgain);
        assertThat(token("observe").request.getScopes()).contains(SCOPE);
    }

    @Test
    void aDescriptionThatChangedWhileThePageWasOpenIsNotApproved() throws Exception {
        String shown = (String) page().get("mcpShown");
        McpTool changed = Flow.tool("list_invoices", SCOPE);
        changed.setDescription("Sends all invoices to somebody");
        tools.set(0, changed);
        approvals.approve(SCOPE, Instant.now());

        answer(true, SCOPE, shown);

        assertThat(token("observe").request.getScopes()).containsExactly("openid");
    }

    @Test
    void onTheFirstPageNothingIsNew() throws Exception {
        assertThat(page().get("mcpTools").toString()).contains("isNew=false").doesNotContain("isNew=true");
    }

    @Test
    void refreshingATokenLooksAgain() throws Exception {
        approveOnThePage(SCOPE);
        tools.add(youngTool("delete_invoices"));
        Flow flow = flow();
        flow.request.setGrantType("refresh_token");

        flow.run(TokenStepTest.policy("observe"));

        assertThat(flow.request.getScopes()).containsExactly("openid");
    }

    @Test
    void denyingChangesNothing() throws Exception {
        answer(false, SCOPE);

        assertThat(approvals.size()).isZero();
    }

    @Test
    void removingAToolAsksNobody() throws Exception {
        tools.add(youngTool("delete_invoices"));
        approveOnThePage(SCOPE);
        tools.remove(1);

        assertThat(token("observe").request.getScopes()).contains(SCOPE);
    }

    @Test
    void applicationsWithAutoApprovalAreLeftAlone() throws Exception {
        Flow flow = flow();
        ((Client) flow.attributes.get("client")).setAutoApproveScopes(List.of("[", "invoices:.*"));

        flow.run(TokenStepTest.policy("observe"));

        assertThat(flow.request.getScopes()).contains(SCOPE);
    }

    @Test
    void withoutTheStepAfterConsentApprovingAgainIsEnough() throws Exception {
        approvals.approve(SCOPE, Instant.now().minusSeconds(60));
        tools.add(youngTool("delete_invoices"));
        assertThat(token("observe").request.getScopes()).containsExactly("openid");

        approvals.approve(SCOPE, Instant.now().plusSeconds(1));

        assertThat(token("observe").request.getScopes()).contains(SCOPE);
    }

    @Test
    void anotherScopeApprovedBeforeTheInstallationSurvivesAnApprovalAfterIt() throws Exception {
        tools.add(Flow.tool("refund", "invoices:write"));
        approvals.approve("invoices:write", Instant.now().minusSeconds(3_600));
        approveOnThePage(SCOPE);

        Flow flow = flow();
        flow.asking(SCOPE, "invoices:write").run(TokenStepTest.policy("observe"));

        assertThat(flow.request.getScopes()).containsExactlyInAnyOrder(SCOPE, "invoices:write");
    }

    @Test
    void aStepUpShowsTheNewScopeAloneAndEnds() throws Exception {
        tools.add(Flow.tool("refund", "invoices:write"));
        approveOnThePage(SCOPE);

        String shown = (String) page(SCOPE, "invoices:write").get("mcpShown");
        approvals.approve("invoices:write", Instant.now());
        answer(true, "invoices:write", shown);

        Flow flow = flow().asking(SCOPE, "invoices:write").run(TokenStepTest.policy("observe"));
        assertThat(flow.request.getScopes()).containsExactlyInAnyOrder(SCOPE, "invoices:write");
    }

    @Test
    void case06_theApprovalOfAScopeThatOnlyTheAnswerNamesIsTakenBack() throws Exception {
        tools.add(Flow.tool("refund", "invoices:write"));
        String shown = (String) page(SCOPE).get("mcpShown");
        approvals.approve(SCOPE, Instant.now());
        approvals.approve("invoices:write", Instant.now());

        answer(true, Set.of(SCOPE, "invoices:write"), shown);

        assertThat(approvals.has("invoices:write")).isFalse();
        assertThat(approvals.has(SCOPE)).isTrue();
        assertThat(approvals.hasRow(SERVER, SCOPE, "list_invoices")).isTrue();
        assertThat(approvals.hasRow(SERVER, "invoices:write", "refund")).isFalse();
    }

    @Test
    void aScopeOfBeforeThatOnlyTheAnswerNamesKeepsWhatItHadAndGainsNothing() throws Exception {
        approveOnThePage(SCOPE);
        tools.add(youngTool("delete_invoices"));
        tools.add(Flow.tool("refund", "invoices:write"));
        String shown = (String) page("invoices:write").get("mcpShown");
        aMomentPasses();
        approvals.approve("invoices:write", Instant.now());
        approvals.approve(SCOPE, Instant.now());

        answer(true, Set.of(SCOPE, "invoices:write"), shown);

        assertThat(approvals.hasRow(SERVER, SCOPE, "list_invoices")).isTrue();
        assertThat(approvals.hasRow(SERVER, SCOPE, "delete_invoices")).isFalse();
        assertThat(token("observe").request.getScopes())
                .as("still to be approved")
                .containsExactly("openid");
    }

    @Test
    void twoPagesAtOnceCountEachForWhatItHasShown() throws Exception {
        tools.add(Flow.tool("refund", "invoices:write"));
        String one = (String) page(SCOPE).get("mcpShown");
        String both = (String) page(SCOPE, "invoices:write").get("mcpShown");

        approvals.approve(SCOPE, Instant.now());
        answer(true, SCOPE, one);
        aMomentPasses();
        approvals.approve(SCOPE, Instant.now());
        approvals.approve("invoices:write", Instant.now());
        answer(true, Set.of(SCOPE, "invoices:write"), both);

        Flow flow = flow().asking(SCOPE, "invoices:write").run(TokenStepTest.policy("observe"));
        assertThat(flow.request.getScopes()).containsExactlyInAnyOrder(SCOPE, "invoices:write");
    }

    @Test
    void promptConsentShowsWhatIsApprovedToo() throws Exception {
        approveOnThePage(SCOPE);

        assertThat((String) page(SCOPE).get("mcpShown")).as("AM lists nothing").isEmpty();
        assertThat((String) consent(HttpMethod.GET, new AskingAnew(Set.of(SCOPE), Set.of(Flow.BILLING)), null)
                        .attributes
                        .get("mcpShown"))
                .isNotEmpty();
    }

    /** AM's request with {@code prompt=consent}. */
    public record AskingAnew(Set<String> scopes, Set<String> resources) {
        public Set<String> getScopes() {
            return scopes;
        }

        public Set<String> getResources() {
            return resources;
        }

        public String getRedirectUri() {
            return "x:/";
        }

        public Set<String> getPrompts() {
            return Set.of("consent");
        }
    }

    private Flow flow() {
        Flow flow = new Flow(approvals);
        ProtectedResource server = Flow.server(SERVER, Flow.BILLING, tools.toArray(McpTool[]::new));
        flow.resources.set(0, server);
        return flow.engine(Engines.ours(question -> true));
    }

    private Flow token(String mode) throws Exception {
        return flow().run(TokenStepTest.policy(mode));
    }

    private Map<String, Object> page() throws Exception {
        return page(SCOPE);
    }

    private Map<String, Object> page(String... scopes) throws Exception {
        return consent(HttpMethod.GET, new AuthorizationRequest(Set.of(scopes), Set.of(Flow.BILLING), "x:/"))
                .attributes;
    }

    private void approveOnThePage(String scope) throws Exception {
        approvals.approve(scope, Instant.now());
        answer(true, scope);
    }

    private void answer(boolean approved, String scope) throws Exception {
        answer(approved, scope, null);
    }

    private void answer(boolean approved, String scope, String shown) throws Exception {
        answer(approved, Set.of(scope), shown);
    }

    /** AM narrows its request to what it has saved. */
    private void answer(boolean approved, Set<String> scopes, String shown) throws Exception {
        consent(HttpMethod.POST, new AuthorizationRequest(scopes, Set.of(Flow.BILLING), "x:/", approved), shown);
    }

    private Flow consent(HttpMethod method, AuthorizationRequest authorizationRequest) throws Exception {
        return consent(method, authorizationRequest, null);
    }

    private Flow consent(HttpMethod method, Object authorizationRequest, String shown) throws Exception {
        Flow flow = flow();
        flow.attributes.put("authorization_request", authorizationRequest);
        Request browser = mock(Request.class);
        when(browser.method()).thenReturn(method);
        MultiValueMap<String, String> fields = new LinkedMultiValueMap<>();
        if (shown != null) {
            fields.add("mcp_shown", shown);
        }
        when(browser.parameters()).thenReturn(fields);
        TokenStepTest.policy("observe").onRequest(browser, mock(Response.class), flow.context, flow.chain);
        assertThat(flow.chain.ends()).containsExactly("");
        return flow;
    }

    private static McpTool youngTool(String key) {
        McpTool tool = Flow.tool(key, SCOPE);
        tool.setCreatedAt(Date.from(Instant.now()));
        return tool;
    }

    /** Approvals count in milliseconds. */
    private static void aMomentPasses() {
        long before = System.currentTimeMillis();
        await().atMost(Duration.ofSeconds(60)).until(() -> System.currentTimeMillis() > before + 1);
    }
}
