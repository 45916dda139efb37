package io.mcpaccess.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.acceptance.client.McpServer;
import io.mcpaccess.acceptance.host.DomainSpec;
import io.mcpaccess.acceptance.host.DomainSpec.Tool;
import io.mcpaccess.acceptance.host.TestDomain;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Agent applications: what they may do is theirs, whatever users are called. */
class AgentsIT {

    private static final String BILLING = "https://billing.example.com/mcp";

    private static TestDomain domain;

    @BeforeAll
    static void make() {
        domain = TestDomain.of(new DomainSpec()
                .users("alice", "robot")
                .autonomousAgent("robot")
                .delegatedAgent("desk")
                .application("plain")
                .server(
                        "billing",
                        BILLING,
                        Tool.of("list_invoices", "invoices:read"),
                        Tool.of("pay_invoice", "invoices:pay"))
                .tuple("agent:robot", "can_call", "tool:list_invoices")
                .tuple("user:robot", "can_call", "tool:pay_invoice")
                .tuple("application:plain", "can_call", "tool:list_invoices")
                .tuple("user:alice", "can_call", "tool:list_invoices"));
    }

    @AfterAll
    static void remove() {
        if (domain != null) {
            domain.close();
        }
    }

    private final McpServer billing = domain.server("billing");

    @Test
    void anAgentsOwnTokenAnswersForTheAgent() {
        String token = ownToken("robot", "invoices:read invoices:pay");

        assertThat(billing.reason("agent", "robot", "list_invoices", token)).isEqualTo("permitted");
        assertThat(billing.reason("agent", "robot", "pay_invoice", token)).isEqualTo("permission_denied");
    }

    @Test
    void anAgentIsNeverTheUserOfItsName() {
        String token = ownToken("robot", "invoices:read invoices:pay");

        assertThat(billing.reason("user", "robot", "pay_invoice", token)).isEqualTo("subject_mismatch");
        assertThat(billing.reason("application", "robot", "list_invoices", token))
                .isEqualTo("subject_mismatch");
    }

    @Test
    void aUserIsNeverTheAgentOfItsName() {
        String token = domain.user("robot", "plain", BILLING)
                .signIn("invoices:read invoices:pay")
                .access();

        assertThat(billing.reason("agent", "robot", "list_invoices", token)).isEqualTo("subject_mismatch");
        assertThat(billing.reason("user", "robot", "pay_invoice", token)).isEqualTo("permitted");
    }

    @Test
    void aPlainApplicationAnswersForItself() {
        String token = ownToken("plain", "invoices:read");

        assertThat(billing.reason("application", "plain", "list_invoices", token))
                .isEqualTo("permitted");
        assertThat(billing.reason("agent", "plain", "list_invoices", token)).isEqualTo("subject_mismatch");
    }

    @Test
    void whoSignsInWithAnAgentIsTheUser() {
        String token =
                domain.user("alice", "desk", BILLING).signIn("invoices:read").access();

        assertThat(billing.reason("user", "alice", "list_invoices", token)).isEqualTo("permitted");
        assertThat(billing.reason("agent", "desk", "list_invoices", token)).isEqualTo("subject_mismatch");
    }

    @Test
    void anAgentMayAskWithItsOwnToken() {
        String token = domain.user("", "robot", BILLING).ownToken().access();

        assertThat(domain.bearing(token)
                        .evaluate("user", "alice", "list_invoices", null)
                        .status())
                .isEqualTo(200);
    }

    private static String ownToken(String client, String scope) {
        return domain.user("", client, BILLING).clientCredentials(scope).access();
    }
}
