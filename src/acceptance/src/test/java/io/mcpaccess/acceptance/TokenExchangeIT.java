package io.mcpaccess.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.acceptance.client.McpServer;
import io.mcpaccess.acceptance.client.UserAgent;
import io.mcpaccess.acceptance.client.UserAgent.Tokens;
import io.mcpaccess.acceptance.host.DomainSpec;
import io.mcpaccess.acceptance.host.DomainSpec.Tool;
import io.mcpaccess.acceptance.host.TestDomain;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tokens that agents exchange users' tokens for (RFC 8693): at the token endpoint and at the call. */
class TokenExchangeIT {

    private static final String BILLING = "https://billing.example.com/mcp";
    private static final String ARCHIVE = "https://archive.example.com/mcp";
    private static final String SCOPES = "invoices:read invoices:write openid";

    private static TestDomain domain;

    @BeforeAll
    static void make() {
        domain = TestDomain.of(new DomainSpec()
                .users("alice", "bella")
                .exchangingApplication("agent")
                .exchangingApplication("planner")
                .exchangingApplication("stranger")
                .server(
                        "billing",
                        BILLING,
                        Tool.of("list_invoices", "invoices:read"),
                        Tool.of("refund_invoice", "invoices:write"),
                        Tool.of("audit_log", "invoices:read"),
                        Tool.of("ping"))
                .server("archive", ARCHIVE, Tool.of("read_archive", "archive:read"))
                .tuple("user:alice", "can_call", "tool:list_invoices")
                .tuple("user:alice", "can_call", "tool:refund_invoice")
                .tuple("user:alice", "can_call", "tool:ping")
                .tuple("user:bella", "can_call", "tool:read_archive")
                .tuple("user:bella", "can_call", "tool:added")
                .tuple("agent:planner", "can_call", "tool:list_invoices")
                .tuple("agent:planner", "can_call", "tool:ping")
                .tuple("agent:planner", "can_call", "tool:audit_log")
                .tuple("application:planner", "can_call", "tool:list_invoices")
                .tuple("application:planner", "can_call", "tool:refund_invoice")
                .tuple("application:stranger", "can_call", "tool:list_invoices")
                .tuple("agent:stranger", "can_call", "tool:list_invoices")
                .setting("checkActor", true)
                .setting("deadlineMillis", 5000)
                .claim("mcp_tools", "{#context.attributes['mcp_tools']}")
                .policy("narrow"));
    }

    @AfterAll
    static void remove() {
        if (domain != null) {
            domain.close();
        }
    }

    @Test
    void case26_theUserAndEachActorNeedThePermission() {
        McpServer billing = domain.server("billing");
        Tokens alice = user("agent").signIn(SCOPES);
        assertThat(alice.scopes()).contains("invoices:write");
        assertThat(Json.texts(alice.claims().path("mcp_tools")))
                .containsExactlyInAnyOrder("list_invoices", "refund_invoice", "ping");

        String both = "invoices:read invoices:write";
        Tokens planner = user("planner").clientCredentials(both);
        assertThat(planner.scopes()).as("AM gives what both tokens have").contains("invoices:write");

        Tokens planned = user("planner").exchange(alice, planner, Map.of("scope", both));

        assertThat(planned.scopes())
                .as("as an agent the planner may refund nothing")
                .containsExactly("invoices:read");
        assertThat(planned.claims().at("/act/sub").asText()).isEqualTo("planner");
        assertThat(Json.texts(planned.claims().path("mcp_tools"))).containsExactlyInAnyOrder("list_invoices", "ping");
        assertThat(planned.json().has("refresh_token")).isFalse();
        assertThat(planned.json().path("issued_token_type").asText()).isEqualTo(UserAgent.ACCESS_TOKEN);
        assertThat(reason(billing, "list_invoices", planned)).isEqualTo("permitted");
        assertThat(reason(billing, "ping", planned)).isEqualTo("permitted");
        assertThat(reason(billing, "refund_invoice", planned)).isNotEqualTo("permitted");
        assertThat(reason(billing, "refund_invoice", alice)).as("she herself").isEqualTo("permitted");
        assertThat(reason(billing, "audit_log", planned))
                .as("the planner may, and she may not")
                .isEqualTo("permission_denied");

        Tokens stranger = user("stranger").clientCredentials("invoices:read");
        Tokens onward = user("stranger").exchange(planned, stranger, Map.of());

        assertThat(onward.claims().at("/act/sub").asText()).isEqualTo("stranger");
        assertThat(onward.claims().at("/act/act/sub").asText()).isEqualTo("planner");
        assertThat(onward.scopes()).containsExactly("invoices:read");
        assertThat(Json.texts(onward.claims().path("mcp_tools")))
                .as("what all three may")
                .containsExactly("list_invoices");
        assertThat(reason(billing, "list_invoices", onward)).isEqualTo("permitted");
        assertThat(reason(billing, "ping", onward)).isEqualTo("actor_denied");
    }

    @Test
    void anExchangeWithoutAnActorKeepsTheUser() {
        Tokens alice = user("agent").signIn(SCOPES);

        Tokens exchanged = user("agent").exchange(alice, null, Map.of());

        assertThat(exchanged.claims().has("act")).isFalse();
        assertThat(exchanged.claims().path("sub")).isEqualTo(alice.claims().path("sub"));
        assertThat(exchanged.scopes()).contains("invoices:read", "invoices:write");
        assertThat(exchanged.claims().path("exp").asLong())
                .isLessThanOrEqualTo(alice.claims().path("exp").asLong());
        assertThat(reason(domain.server("billing"), "list_invoices", exchanged)).isEqualTo("permitted");
        assertThat(domain.audits().toString()).doesNotContain(alice.access(), exchanged.access());
    }

    @Test
    void case05_anExchangeMakesNoYoungTokenOfAnOldOne() {
        UserAgent bella = domain.user("bella", "agent", ARCHIVE);
        McpServer archive = domain.server("archive");
        Tokens old = bella.signIn("archive:read openid");
        TestDomain.aSecondPasses();
        domain.addTool("archive", Tool.of("added", "archive:read"));
        archive.await("reconsent_required", "bella", "added", old.access());

        Tokens exchanged = bella.exchange(old, null, Map.of("scope", "archive:read openid"));

        assertThat(exchanged.scopes()).containsExactly("openid");
        assertThat(archive.reason("user", "bella", "added", exchanged.access())).isEqualTo("scope_missing");
    }

    @Test
    void aWiderScopeAndAForeignTokenAreRefused() {
        Tokens alice = user("agent").signIn("invoices:read openid");
        UserAgent agent = user("agent");

        for (Map<String, String> wrong : List.of(
                Map.of("scope", "invoices:write"),
                Map.of("subject_token", "e30.e30.c2ln"),
                Map.of("subject_token_type", "urn:other"))) {
            Tokens refused = agent.exchange(alice, null, wrong);
            assertThat(refused.json().has("access_token")).as("%s", wrong).isFalse();
            assertThat(refused.json().path("error").asText()).as("%s", wrong).isNotEmpty();
        }
    }

    private static String reason(McpServer server, String tool, Tokens tokens) {
        return server.reason("user", "alice", tool, tokens.access());
    }

    private static UserAgent user(String application) {
        return domain.user("alice", application, BILLING);
    }
}
