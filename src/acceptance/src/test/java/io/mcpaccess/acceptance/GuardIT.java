package io.mcpaccess.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.acceptance.client.GuardProxyProcess;
import io.mcpaccess.acceptance.client.ObedientServer;
import io.mcpaccess.acceptance.client.UserAgent;
import io.mcpaccess.acceptance.client.UserAgent.Tokens;
import io.mcpaccess.acceptance.host.DomainSpec;
import io.mcpaccess.acceptance.host.DomainSpec.Tool;
import io.mcpaccess.acceptance.host.TestDomain;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** guard-proxy before a server that knows nothing of it, with every kind of token that the host issues, checked in both ways. */
class GuardIT {

    private static final String BILLING = "https://billing.example.com/mcp";

    /** How the guard checks tokens. */
    enum Check {
        INTROSPECTION,
        JWT
    }

    private static TestDomain domain;
    private static ObedientServer server;
    private static Map<Check, GuardProxyProcess> guards;

    @BeforeAll
    static void make() {
        // AM makes subjects up: whoever comes may list and refund, and nobody may void.
        domain = TestDomain.of(billing().setting("subject", "sub"));
        server = new ObedientServer("list_invoices", "refund_invoice", "void_invoice");
        guards = Map.of(
                Check.INTROSPECTION, guard(domain, "--tokens", "introspection", "--subject", "sub"),
                Check.JWT, guard(domain, "--tokens", "jwt", "--subject", "sub"));
    }

    private static DomainSpec billing() {
        return new DomainSpec()
                .users("alice", "ruth")
                .application("agent")
                .server(
                        "billing",
                        BILLING,
                        Tool.of("list_invoices", "invoices:read"),
                        Tool.of("refund_invoice", "invoices:write"),
                        Tool.of("void_invoice", "invoices:read"))
                .tuple("user:*", "can_call", "tool:list_invoices")
                .tuple("user:*", "can_call", "tool:refund_invoice")
                .setting("deadlineMillis", 5000);
    }

    private static GuardProxyProcess guard(TestDomain of, String... options) {
        return GuardProxyProcess.before(server.url(), of.base(), "billing", BILLING, options);
    }

    @AfterAll
    static void remove() {
        if (guards != null) {
            guards.values().forEach(GuardProxyProcess::close);
        }
        if (server != null) {
            server.close();
        }
        if (domain != null) {
            domain.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAccessTokenForThisServerOpensWhatItsUserMayCall(Check check) {
        GuardProxyProcess guard = guards.get(check);
        String alice = user("alice").signIn("invoices:read openid").access();
        server.reached().clear();

        Http.Answer list = guard.send("Bearer " + alice, "tools/list", "");
        assertThat(list.body()).contains("list_invoices", "refund_invoice").doesNotContain("void_invoice");
        assertThat(list.header("Cache-Control")).isEqualTo("private, no-store");
        assertThat(guard.call(alice, "list_invoices").body()).contains("\"done\"");
        Http.Answer refund = guard.call(alice, "refund_invoice");
        assertThat(refund.status()).isEqualTo(403);
        assertThat(refund.header("WWW-Authenticate"))
                .contains("error=\"insufficient_scope\"", "scope=\"invoices:write\"");
        Http.Answer refused = guard.call(alice, "void_invoice");
        assertThat(refused.body()).contains("\"isError\":true");
        assertThat(guard.call(alice, "no_such_tool").body()).isEqualTo(refused.body());

        assertThat(server.reached())
                .hasSize(2)
                .allSatisfy(request -> assertThat(request.toLowerCase(Locale.ROOT))
                        .doesNotContain("authorization", alice.toLowerCase(Locale.ROOT)));
    }

    @ParameterizedTest
    @EnumSource
    void noOtherTokenOfTheDomainOpensAnything(Check check) {
        GuardProxyProcess guard = guards.get(check);
        Tokens alice = user("alice").signIn("invoices:read openid");
        List<String> others = List.of(
                alice.json().path("id_token").asText(),
                alice.json().path("refresh_token").asText(),
                user("alice").ownToken().access(),
                alice.access().substring(0, alice.access().lastIndexOf('.') + 1) + "c2ln",
                "garbage");
        server.reached().clear();

        for (String other : others) {
            assertThat(other).isNotEmpty();
            Http.Answer refused = guard.send("Bearer " + other, "ping", "");
            assertThat(refused.status()).as("token %d", others.indexOf(other)).isEqualTo(401);
            assertThat(refused.header("WWW-Authenticate")).contains("error=\"invalid_token\"", "resource_metadata=");
            assertThat(guard.call(other, "list_invoices").status()).isEqualTo(401);
        }

        assertThat(server.reached()).isEmpty();
        assertThat(guard.call(alice.access(), "list_invoices").body()).contains("\"done\"");
    }

    @Test
    void aTokenThatHoldsTheUsersNameNeedsNoOtherSubject() {
        try (TestDomain named = TestDomain.of(billing().claim("username", "{#context.attributes['user'].username}"));
                GuardProxyProcess guard = guard(named, "--tokens", "jwt", "--subject", "username")) {
            String alice = named.user("alice", "agent", BILLING)
                    .signIn("invoices:read openid")
                    .access();

            assertThat(guard.call(alice, "list_invoices").body()).contains("\"done\"");
            String foreign = user("alice").signIn("invoices:read openid").access();
            assertThat(guard.send("Bearer " + foreign, "ping", "").status())
                    .as("a token of another domain")
                    .isEqualTo(401);
        }
    }

    @Test
    void aRevokedTokenOpensNoToolEvenWhereItIsCheckedByItsSignature() {
        GuardProxyProcess guard = guards.get(Check.JWT);
        String ruth = user("ruth").signIn("invoices:read openid").access();
        assertThat(guard.call(ruth, "list_invoices").body()).contains("\"done\"");

        domain.revokeConsents("ruth");

        // AM does not look up a token that is younger than ten seconds.
        Http.Answer refused = Awaitility.await("AM knows the token no longer")
                .atMost(TestDomain.SYNC)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> guard.call(ruth, "list_invoices"), answer -> answer.status() != 200);
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.header("WWW-Authenticate")).contains("error=\"invalid_token\"");
        assertThat(guard.send("Bearer " + ruth, "tools/list", "").body()).contains("\"tools\":[]");
        assertThat(guard.send("Bearer " + ruth, "ping", "").status())
                .as("what the documentation says of this way")
                .isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void theServersOwnCredentialsShowTheWholeListAndNothingElse(Check check) {
        GuardProxyProcess guard = guards.get(check);
        String own = Http.basic("billing", DomainSpec.SECRET);

        assertThat(guard.send(own, "tools/list", "").body())
                .contains("list_invoices", "refund_invoice", "void_invoice");
        assertThat(guard.send(own, "tools/call", "\"name\":\"list_invoices\"").body())
                .contains("-32601");
        assertThat(guard.send(Http.basic("agent", DomainSpec.SECRET), "tools/list", "")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void inShadowModeScopesAreAllThatCounts() {
        try (TestDomain trial = TestDomain.of(billing().setting("shadowServers", List.of("billing")));
                GuardProxyProcess guard = guard(trial)) {
            String alice = trial.user("alice", "agent", BILLING)
                    .signIn("invoices:read openid")
                    .access();
            server.reached().clear();

            assertThat(guard.call(alice, "void_invoice").body())
                    .as("nobody has the permission")
                    .contains("\"done\"");
            assertThat(server.reached()).hasSize(1);
            Http.Answer refund = guard.call(alice, "refund_invoice");
            assertThat(refund.status()).isEqualTo(403);
            assertThat(refund.header("WWW-Authenticate")).contains("insufficient_scope");
            assertThat(guard.call(alice, "no_such_tool").body()).contains("\"isError\":true");
            assertThat(guard.call("garbage", "list_invoices").status()).isEqualTo(401);
            assertThat(server.reached()).hasSize(1);
        }
    }

    private static UserAgent user(String name) {
        return domain.user(name, "agent", BILLING);
    }
}
