package io.mcpaccess.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.acceptance.client.UserAgent;
import io.mcpaccess.acceptance.client.UserAgent.Authorization;
import io.mcpaccess.acceptance.client.UserAgent.Tokens;
import io.mcpaccess.acceptance.host.DomainSpec;
import io.mcpaccess.acceptance.host.DomainSpec.Tool;
import io.mcpaccess.acceptance.host.Host;
import io.mcpaccess.acceptance.host.TestDomain;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a user is asked, and what scopes the token has, as permissions and tools change and the policy narrows. */
class NarrowedTokensIT {

    private static final String BILLING = "https://billing.example.com/mcp";
    private static final String ARCHIVE = "https://archive.example.com/mcp";

    private static TestDomain domain;

    @BeforeAll
    static void make() {
        domain = TestDomain.of(billing()
                .users("bob", "carol")
                .selfApprovingApplication("trusted")
                .server("archive", ARCHIVE, Tool.of("read_archive", "archive:read"))
                .tuple("user:bob", "can_call", "tool:read_archive")
                .tuple("user:carol", "can_call", "tool:list_invoices"));
    }

    private static DomainSpec billing() {
        return new DomainSpec()
                .users("alice")
                .application("agent")
                .server(
                        "billing",
                        BILLING,
                        Tool.of("list_invoices", "invoices:read").described("Lists <b>invoices</b>"),
                        Tool.of("refund_invoice", "invoices:write"))
                .tuple("user:alice", "can_call", "tool:list_invoices")
                .policy("narrow");
    }

    @AfterAll
    static void remove() {
        if (domain != null) {
            domain.close();
        }
    }

    @Test
    void theUserIsAskedOnceAndScopesWithoutPermissionAreLeftOut() {
        UserAgent alice = domain.user("alice", "agent", BILLING);
        Authorization refused = alice.refuse("invoices:read invoices:write openid");
        assertThat(refused.parameter("error")).isEqualTo("access_denied");
        assertThat(refused.page())
                .contains(
                        "list_invoices", "refund_invoice", "billing", "Lists &lt;b&gt;invoices&lt;/b&gt;", "127.0.0.1")
                .doesNotContain("New since");

        Tokens tokens = alice.signIn("invoices:read invoices:write openid");
        assertThat(tokens.scopes()).containsExactlyInAnyOrder("invoices:read", "openid");
        assertThat(alice.approve("invoices:read openid").page()).isEmpty();

        Awaitility.await("one audit entry")
                .atMost(TestDomain.SYNC)
                .untilAsserted(() -> assertThat(audited("alice")).hasSize(1));
        assertThat(audited("alice").get(0))
                .contains("billing/refund_invoice", "permission_denied", "narrowed")
                .doesNotContain(tokens.access(), DomainSpec.SECRET);
    }

    @Test
    void aScopeThatGainedAToolIsMarkedAndAskedForAgain() {
        UserAgent bob = domain.user("bob", "agent", ARCHIVE);
        Tokens tokens = bob.signIn("archive:read openid");

        domain.addTool("archive", Tool.of("export_archive", "archive:read"));
        Tokens refreshed = refreshed(bob, tokens, each -> !each.scopes().contains("archive:read"));

        assertThat(refreshed.scopes()).containsExactly("openid");
        Authorization refused = bob.refuse("archive:read openid");
        assertThat(Jsoup.parse(refused.page())
                        .select("li:has(.new) .key")
                        .first()
                        .text())
                .isEqualTo("export_archive");
        assertThat(refused.page()).containsOnlyOnce("New since you last allowed this");
        assertThat(refused.parameter("error")).isEqualTo("access_denied");

        Tokens again = bob.signIn("archive:read openid");
        assertThat(again.scopes()).contains("archive:read");
        assertThat(bob.refresh(again).scopes()).contains("archive:read");
    }

    @Test
    void anApplicationThatApprovesByItselfKeepsAScopeThatGainedATool() {
        domain.require(Host.Feature.SELF_APPROVAL);
        UserAgent alice = domain.user("alice", "trusted", BILLING);
        Tokens tokens = alice.signIn("invoices:read openid");
        assertThat(tokens.scopes()).contains("invoices:read");

        domain.addTool("billing", Tool.of("export_invoices", "invoices:read"));
        Awaitility.await("the gateway knows the tool")
                .atMost(TestDomain.SYNC)
                .pollInterval(Duration.ofMillis(300))
                .until(
                        () -> domain.server("billing").reason("user", "alice", "export_invoices", tokens.access()),
                        reason -> !reason.equals("tool_unknown"));

        assertThat(alice.refresh(tokens).scopes()).contains("invoices:read");
    }

    @Test
    void case08_aRefreshLooksAtThePermissionAnew() {
        UserAgent carol = domain.user("carol", "agent", BILLING);
        Tokens tokens = carol.signIn("invoices:read openid");
        assertThat(tokens.scopes()).contains("invoices:read");

        domain.withdraw("user:carol", "can_call", "tool:list_invoices");
        Tokens refreshed = refreshed(carol, tokens, each -> !each.scopes().contains("invoices:read"));

        assertThat(refreshed.scopes()).containsExactly("openid");
    }

    @Test
    void withoutAnEngineNoToolScopeIsGranted() {
        try (TestDomain without = TestDomain.of(billing())) {
            UserAgent alice = without.user("alice", "agent", BILLING);
            Tokens tokens = alice.signIn("invoices:read openid");

            without.removeEngine();
            Tokens refused = refreshed(alice, tokens, each -> each.json().has("error"));

            assertThat(refused.json().path("error").asText()).isEqualTo("invalid_grant");
            assertThat(refused.json().path("error_description").asText()).doesNotContainIgnoringCase("engine");
        }
    }

    /** Gateways hear of a change within seconds; each refresh gives the next tokens. */
    private static Tokens refreshed(UserAgent user, Tokens first, Predicate<Tokens> done) {
        AtomicReference<Tokens> latest = new AtomicReference<>(first);
        return Awaitility.await("other tokens")
                .atMost(TestDomain.SYNC)
                .pollInterval(Duration.ofMillis(300))
                .until(() -> latest.updateAndGet(user::refresh), done);
    }

    private static List<String> audited(String user) {
        return StreamSupport.stream(domain.audits().spliterator(), false)
                .map(Object::toString)
                .filter(entry -> entry.contains("narrowed") && entry.contains(user))
                .toList();
    }
}
