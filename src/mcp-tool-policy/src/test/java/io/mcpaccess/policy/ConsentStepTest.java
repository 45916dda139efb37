package io.mcpaccess.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.gravitee.am.model.McpTool;
import io.gravitee.am.model.oidc.Client;
import io.gravitee.common.http.HttpMethod;
import io.gravitee.gateway.api.Request;
import io.gravitee.gateway.api.Response;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsentStepTest {

    private final Flow flow = new Flow();
    private final Request browser = mock(Request.class);

    @Test
    void givesThePageTheToolsBehindTheScopes() {
        flow.resources.set(
                0,
                Flow.server(
                        "billing-mcp",
                        Flow.BILLING,
                        Flow.tool("list_invoices", "invoices:read"),
                        Flow.tool("refund", "invoices:write")));

        show(new AuthorizationRequest(Set.of("invoices:read"), Set.of(Flow.BILLING), "https://agent.example/cb"));

        assertThat(flow.chain.ends()).containsExactly("");
        assertThat(flow.attributes)
                .containsEntry(
                        "mcpTools",
                        List.of(Map.of(
                                "server", "billing-mcp",
                                "tool", "list_invoices",
                                "description", "About list_invoices",
                                "scopes", List.of("invoices:read"),
                                "isNew", false)))
                .containsEntry("mcpRedirectHost", "agent.example");
    }

    @ParameterizedTest
    @CsvSource({
        "https://agent.example/cb, agent.example",
        "http://127.0.0.1:33418/callback, 127.0.0.1",
        "http://localhost/callback, localhost",
        "http://[::1]:33418/callback, [::1]",
        "https://bank.example@evil.example/cb, evil.example",
        "https://ex\u00e4mple.com:8443/cb, xn--exmple-cua.com",
        "com.example.agent:/callback, com.example.agent"
    })
    void case31_saysWhereTheBrowserGoes(String redirectUri, String shown) {
        show(new AuthorizationRequest(Set.of("openid"), Set.of(), redirectUri));

        assertThat(flow.attributes).containsEntry("mcpRedirectHost", shown);
    }

    @Test
    void listsEachServersToolsAndTheNewOnesFirst() {
        flow.resources.set(
                0,
                Flow.server(
                        "billing-mcp",
                        Flow.BILLING,
                        Flow.tool("a_known", "invoices:read"),
                        Flow.tool("b_new", "invoices:read")));
        flow.resources.add(Flow.server("archive-mcp", Flow.BILLING, Flow.tool("old", "invoices:read")));
        flow.approvals.know("billing-mcp", "invoices:read", "a_known");

        show(new AuthorizationRequest(Set.of("invoices:read"), Set.of(Flow.BILLING), "x:/"));

        assertThat(flow.attributes.get("mcpServers"))
                .asInstanceOf(InstanceOfAssertFactories.list(Map.class))
                .hasSize(2)
                .anySatisfy(server -> assertThat(server.toString()).containsSubsequence("tool=b_new", "tool=a_known"));
    }

    @Test
    void textOfStrangersIsMadeFitToBeShown() {
        McpTool hostile = Flow.tool("pay\u202e", "invoices:read");
        hostile.setDescription("Reads\u0000 only\u202e.\n" + "x".repeat(10_000));
        flow.resources.set(0, Flow.server("billing-mcp", Flow.BILLING, hostile));
        ((Client) flow.attributes.get("client")).setClientName("Good\u2066 App");

        show(new AuthorizationRequest(Set.of("invoices:read"), Set.of(Flow.BILLING), "x:/"));

        assertThat(flow.attributes).containsEntry("mcpApplication", "Good\ufffd App");
        assertThat(flow.attributes.get("mcpTools").toString())
                .contains("pay\ufffd", "Reads\ufffd only\ufffd. xxx", "…")
                .hasSizeLessThan(1_000);
    }

    @Test
    void anApplicationWithoutANameIsShownByItsClientId() {
        show(new AuthorizationRequest(Set.of("openid"), Set.of(), "x:/"));

        assertThat(flow.attributes).containsEntry("mcpApplication", "agent");
    }

    @Test
    void aRequestThatCannotBeReadStillGetsItsPage() {
        show("not a request of AM");

        assertThat(flow.chain.ends()).containsExactly("");
        assertThat(flow.attributes).doesNotContainKey("mcpTools");
    }

    private void show(Object authorizationRequest) {
        when(browser.method()).thenReturn(HttpMethod.GET);
        flow.attributes.put("authorization_request", authorizationRequest);
        TokenStepTest.policy("reject").onRequest(browser, mock(Response.class), flow.context, flow.chain);
    }

    /** Runs the step after the answer on the page. */
    static void answer(Flow flow) {
        Request post = mock(Request.class);
        when(post.method()).thenReturn(HttpMethod.POST);
        TokenStepTest.policy("observe").onRequest(post, mock(Response.class), flow.context, flow.chain);
        assertThat(flow.chain.ends()).containsExactly("");
    }

    /** Has the methods of AM's class of this name that the policy reaches by reflection. */
    public record AuthorizationRequest(
            Set<String> scopes, Set<String> resources, String redirectUri, boolean isApproved) {

        AuthorizationRequest(Set<String> scopes, Set<String> resources, String redirectUri) {
            this(scopes, resources, redirectUri, false);
        }

        public Set<String> getScopes() {
            return scopes;
        }

        public Set<String> getResources() {
            return resources;
        }

        public String getRedirectUri() {
            return redirectUri;
        }
    }
}
