package io.mcpaccess.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.acceptance.client.McpServer;
import io.mcpaccess.acceptance.client.ProofKey;
import io.mcpaccess.acceptance.host.DomainSpec;
import io.mcpaccess.acceptance.host.DomainSpec.Tool;
import io.mcpaccess.acceptance.host.Host;
import io.mcpaccess.acceptance.host.TestDomain;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Access tokens that are bound to a key are no plain Bearer tokens. */
class BoundTokensIT {

    private static final String BILLING = "https://billing.example.com/mcp";

    private static TestDomain domain;
    private static String bound;

    @BeforeAll
    static void make() {
        domain = TestDomain.of(new DomainSpec()
                .needs(Host.Feature.BOUND_TOKENS)
                .users("alice")
                .application("agent")
                .server("billing", BILLING, Tool.of("list_invoices", "invoices:read"))
                .tuple("user:alice", "can_call", "tool:list_invoices"));
        bound = domain.user("alice", "agent", BILLING)
                .with(new ProofKey())
                .signIn("invoices:read")
                .access();
    }

    @AfterAll
    static void remove() {
        if (domain != null) {
            domain.close();
        }
    }

    @Test
    void aBoundTokenOpensNothingWhereNobodyCheckedTheProof() {
        assertThat(domain.server("billing").reason("user", "alice", "list_invoices", bound))
                .isEqualTo("token_inactive");
    }

    @Test
    void itCountsWhereTheMcpServerCheckedTheProof() {
        assertThat(reasonWithCheckedProof(domain.server("billing"))).isEqualTo("permitted");
    }

    @Test
    void anApplicationCannotSayThatItChecked() {
        assertThat(reasonWithCheckedProof(domain.server("agent"))).isEqualTo("token_inactive");
    }

    @Test
    void nobodyAsksWithABoundTokenAsBearer() {
        String own = domain.user("", "agent", BILLING)
                .with(new ProofKey())
                .ownToken()
                .access();

        Http.Answer refused = domain.bearing(own).evaluate("user", "alice", "list_invoices", null);

        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.header("WWW-Authenticate")).startsWith("DPoP");
    }

    @Test
    void thePlainTokenOfTheSameUserStillCounts() {
        String plain =
                domain.user("alice", "agent", BILLING).signIn("invoices:read").access();

        assertThat(domain.server("billing").reason("user", "alice", "list_invoices", plain))
                .isEqualTo("permitted");
    }

    private static String reasonWithCheckedProof(McpServer asking) {
        ObjectNode question = McpServer.question("user", "alice", "list_invoices", bound);
        ((ObjectNode) question.path("context")).put("access_token_proof_checked", true);
        return asking.post("/access/v1/evaluation", question.toString())
                .json()
                .at("/context/reason_code")
                .asText();
    }
}
