package io.mcpaccess.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.acceptance.client.McpServer;
import io.mcpaccess.acceptance.client.UserAgent;
import io.mcpaccess.acceptance.host.DomainSpec;
import io.mcpaccess.acceptance.host.DomainSpec.Tool;
import io.mcpaccess.acceptance.host.TestDomain;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Token, audience, scopes, permission: in that order, closed on doubt, audited once. */
class LayersIT {

    private static final String BILLING = "https://billing.example.com/mcp";
    private static final String TRAVEL = "https://travel.example.com/mcp";

    private static TestDomain domain;

    @BeforeAll
    static void make() {
        domain = TestDomain.of(new DomainSpec()
                .users("alice", "bob")
                .application("agent")
                .application("alice-bot")
                .server(
                        "billing",
                        BILLING,
                        Tool.of("list_invoices", "invoices:read"),
                        Tool.of("refund_invoice", "invoices:write"),
                        Tool.of("ping_billing"))
                .server("travel", TRAVEL, Tool.of("book_flight", "travel:book"))
                .tuple("user:alice", "can_call", "tool:list_invoices")
                .tuple("user:alice", "can_call", "tool:ping_billing")
                .tuple("user:alice-bot", "can_call", "tool:list_invoices")
                .tuple("user:bob", "can_call", "tool:refund_invoice"));
    }

    @AfterAll
    static void remove() {
        if (domain != null) {
            domain.close();
        }
    }

    private final McpServer billing = domain.server("billing");

    @Test
    void aCallIsAllowedWhereTokenScopesAndPermissionAreThere() {
        String token = at(BILLING, "alice").signIn("invoices:read").access();

        assertThat(billing.reason("user", "alice", "list_invoices", token)).isEqualTo("permitted");
        assertThat(billing.reason("user", "alice", "ping_billing", token)).isEqualTo("permitted");
    }

    @Test
    void aTokenThatIsNoneOpensNothing() {
        assertThat(billing.reason("user", "alice", "list_invoices", "no.token.atall"))
                .isEqualTo("token_inactive");
    }

    @Test
    void aTokenOfAnotherMcpServerOpensNothingHere() {
        String token = at(TRAVEL, "alice").signIn("travel:book").access();

        assertThat(billing.reason("user", "alice", "list_invoices", token)).isEqualTo("audience_mismatch");
    }

    @Test
    void aScopeThatTheTokenLacksIsNamed() {
        String token = at(BILLING, "bob").signIn("invoices:read").access();

        JsonNode answer =
                billing.evaluate("user", "bob", "refund_invoice", token).json();

        assertThat(answer.path("decision").asBoolean()).isFalse();
        assertThat(answer.at("/context/reason_code").asText()).isEqualTo("scope_missing");
        assertThat(Json.texts(answer.at("/context/required_scopes"))).containsExactly("invoices:write");
    }

    @Test
    void aPermissionThatTheUserLacksIsNotMadeUpByScopes() {
        String token =
                at(BILLING, "alice").signIn("invoices:read invoices:write").access();

        assertThat(billing.reason("user", "alice", "refund_invoice", token)).isEqualTo("permission_denied");
    }

    @Test
    void nobodyAsksWithSomebodyElsesToken() {
        String token = at(BILLING, "bob").signIn("invoices:read").access();

        assertThat(billing.reason("user", "alice", "list_invoices", token)).isEqualTo("subject_mismatch");
    }

    @Test
    void anApplicationNamedLikeAUserIsNotThatUser() {
        UserAgent.Tokens own = domain.user("", "alice-bot", BILLING).clientCredentials("invoices:read");

        assertThat(own.access()).isNotEmpty();
        assertThat(billing.evaluate("user", "alice-bot", "list_invoices", own.access())
                        .json()
                        .path("decision")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void aToolThatNobodyRegisteredIsUnknown() {
        String token = at(BILLING, "alice").signIn("invoices:read").access();

        assertThat(billing.reason("user", "alice", "book_flight", token))
                .as("another server's tool is not this server's to ask about")
                .isEqualTo("caller_not_allowed");
        assertThat(billing.reason("user", "alice", "drop_tables", token)).isEqualTo("tool_unknown");
    }

    @Test
    void aQuestionWithoutATokenIsAnsweredForThePermissionAloneAndSaysSo() {
        JsonNode answer =
                billing.evaluate("user", "alice", "list_invoices", null).json();

        assertThat(answer.path("decision").asBoolean()).isTrue();
        assertThat(Json.texts(answer.at("/context/layers"))).containsExactly("permission");
    }

    @Test
    void aBatchAnswersAsTheSingleQuestionsDo() {
        String token = at(BILLING, "alice").signIn("invoices:read").access();
        List<String> tools = List.of("list_invoices", "refund_invoice", "ping_billing", "drop_tables");
        ObjectNode batch = McpServer.question("user", "alice", "list_invoices", token);
        batch.remove("resource");
        tools.forEach(tool -> batch.withArray("evaluations")
                .addObject()
                .putObject("resource")
                .put("type", "tool")
                .put("id", tool));

        JsonNode answers =
                billing.post("/access/v1/evaluations", batch.toString()).json().path("evaluations");

        assertThat(StreamSupport.stream(answers.spliterator(), false)
                        .map(each -> each.at("/context/reason_code").asText()))
                .containsExactlyElementsOf(tools.stream()
                        .map(tool -> billing.reason("user", "alice", tool, token))
                        .toList());
    }

    @Test
    void aSearchFindsWhatTheSingleQuestionsAllow() {
        ObjectNode search = McpServer.question("user", "alice", "", null);
        search.putObject("resource").put("type", "tool");

        JsonNode found =
                billing.post("/access/v1/search/resource", search.toString()).json();

        assertThat(StreamSupport.stream(found.path("results").spliterator(), false)
                        .map(each -> each.path("id").asText()))
                .contains("list_invoices", "ping_billing")
                .doesNotContain("refund_invoice");
    }

    @Test
    void aWithdrawnPermissionCloses() {
        domain.grant("user:bob", "can_call", "tool:ping_billing");
        await(() -> billing.reason("user", "bob", "ping_billing", null), "permitted");

        domain.withdraw("user:bob", "can_call", "tool:ping_billing");

        await(() -> billing.reason("user", "bob", "ping_billing", null), "permission_denied");
    }

    @Test
    void whatCannotBeReadIsRefusedAndWhoIsNobodyGetsNoAnswer() {
        assertThat(billing.post("/access/v1/evaluation", "{\"subject\":{\"type\":\"user\"}}")
                        .status())
                .isEqualTo(400);
        String deep = "[".repeat(2000) + "]".repeat(2000);
        assertThat(billing.post(
                                "/access/v1/evaluation",
                                McpServer.question("user", "alice", "list_invoices", null)
                                        .toString()
                                        .replace(
                                                "\"tools/call\"", "\"tools/call\",\"properties\":{\"x\":" + deep + "}"))
                        .status())
                .isEqualTo(400);
        assertThat(domain.server("nobody")
                        .evaluate("user", "alice", "list_invoices", null)
                        .status())
                .isEqualTo(401);
    }

    @Test
    void aDecisionIsAuditedOnceAndWithoutTheToken() {
        String token = at(BILLING, "bob").signIn("invoices:read").access();
        String first = "no_such_tool_first_" + System.nanoTime();
        String marked = "no_such_tool_" + System.nanoTime();
        // A gateway loads what writes a new domain's audit log after it serves the domain.
        Awaitility.await("audit entries are written").atMost(TestDomain.SYNC).until(() -> {
            billing.reason("user", "bob", first, token);
            return about(first) > 0;
        });

        billing.reason("user", "bob", marked, token);

        Awaitility.await("the audit entry")
                .atMost(TestDomain.SYNC)
                .untilAsserted(() -> assertThat(about(marked)).isOne());
        assertThat(domain.audits().toString()).doesNotContain(token, DomainSpec.SECRET);
        assertThat(about(marked)).isOne();
    }

    private static long about(String text) {
        return StreamSupport.stream(domain.audits().spliterator(), false)
                .filter(entry -> entry.toString().contains(text))
                .count();
    }

    private static void await(java.util.function.Supplier<String> reason, String expected) {
        Awaitility.await()
                .atMost(TestDomain.SYNC)
                .pollInterval(Duration.ofMillis(100))
                .until(reason::get, expected::equals);
    }

    private static UserAgent at(String resource, String user) {
        return domain.user(user, "agent", resource);
    }
}
