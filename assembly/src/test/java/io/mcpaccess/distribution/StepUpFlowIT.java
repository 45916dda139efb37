package io.mcpaccess.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.distribution.OAuthUser.Authorization;
import io.mcpaccess.distribution.OAuthUser.Stop;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A client that comes back for more scopes, with the shipped ZIPs and form: what the user approved stays, what he is asked for ends, and
 * nothing else is approved. On AM's lines with one answer for the page, and on that with an answer for each scope.
 */
class StepUpFlowIT {

    private static final String DOMAIN = """
              - id: DOMAIN
                users: [USERS]
                consentPerScope: PERSCOPE
                scopes: [{key: "invoices:read", name: Read invoices}, {key: "invoices:write", name: Write invoices},
                         {key: "invoices:export", name: Export invoices}]
                applications:
                  - {clientId: agent, clientSecret: s3cret, redirectUris: ["http://127.0.0.1:9999/callback"],
                     grantTypes: [authorization_code, refresh_token], scopes: [openid, "invoices:export"]}
                  - {clientId: demanding, clientSecret: s3cret, redirectUris: ["http://127.0.0.1:9999/callback"],
                     grantTypes: [authorization_code, refresh_token], scopes: [openid, "invoices:read"],
                     requiredScopes: ["invoices:read"], optInScopeSelection: true}
                protectedResources:
                  - {name: Billing, clientId: billing, clientSecret: s2, resourceIdentifiers: ["http://127.0.0.1:9100/mcp"],
                     features: [{type: MCP_TOOL, key: list_invoices, description: Lists invoices, scopes: ["invoices:read"]},
                                {type: MCP_TOOL, key: refund_invoice, description: Refunds, scopes: ["invoices:write"]},
                                {type: MCP_TOOL, key: copy_invoice, description: Copies, scopes: ["invoices:read", "invoices:write"]},
                                {type: MCP_TOOL, key: export_all, description: Exports all, scopes: ["invoices:export"]}]}
                authorizationEngine: {type: openfga, name: engine, configuration: {mode: embedded, storeFile: DOMAIN.fga.yaml}}
                flows:
                  - {extensionPoint: PRE_TOKEN, policy: mcp-tool-access, configuration: {mode: observe}}
                  - {extensionPoint: PRE_CONSENT, policy: mcp-tool-access}
                  - {extensionPoint: POST_CONSENT, policy: mcp-tool-access}
                FORMS
            """;

    private static final String STORE = """
            model: |
              model
                schema 1.1
              type user
              type tool
                relations
                  define can_call: [user, user:*]
            tuples:
              - {user: "user:*", relation: can_call, object: "tool:list_invoices"}
              - {user: "user:*", relation: can_call, object: "tool:refund_invoice"}
              - {user: "user:*", relation: can_call, object: "tool:copy_invoice"}
              - {user: "user:*", relation: can_call, object: "tool:export_all"}
            """;

    private static final String OURS = "forms: {oauth2_user_consent: consent-form.html}";
    private static final int TESTS = 14;

    @TempDir
    static Path directory;

    private static SandboxProcess sandbox;

    /** Which of AM's lines, and whose form. */
    enum Line {
        TOGETHER("together"),
        TOGETHER_WITH_THE_FORM_OF_AM("plain"),
        PER_SCOPE("each");

        private final String domain;
        private final AtomicInteger next = new AtomicInteger();

        Line(String domain) {
            this.domain = domain;
        }

        boolean isPerScope() {
            return this == PER_SCOPE;
        }
    }

    @BeforeAll
    static void start() throws Exception {
        StringBuilder config = new StringBuilder("gateway: {port: 0}\nmanagement: {port: 0}\ndomains:\n");
        String users = IntStream.range(0, TESTS)
                .mapToObj(i -> "{username: u" + i + ", password: wonderland}")
                .collect(Collectors.joining(", "));
        for (Line line : Line.values()) {
            Files.writeString(directory.resolve(line.domain + ".fga.yaml"), STORE);
            config.append(DOMAIN.replace("DOMAIN", line.domain)
                    .replace("USERS", users)
                    .replace("PERSCOPE", String.valueOf(line.isPerScope()))
                    .replace("FORMS", line == Line.TOGETHER_WITH_THE_FORM_OF_AM ? "" : OURS));
        }
        Files.copy(
                Repository.root().resolve("assembly/bundle/consent-form.html"), directory.resolve("consent-form.html"));
        sandbox = SandboxProcess.start(Files.writeString(directory.resolve("sandbox.yml"), config));
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @ParameterizedTest
    @EnumSource(Line.class)
    void aStepUpEndsWithTheScopeAndThePageShowsNoMoreThanIsNew(Line line) throws Exception {
        OAuthUser agent = agent(line);
        assertThat(OAuthUser.scopes(agent.signIn("invoices:read openid")))
                .containsExactlyInAnyOrder("invoices:read", "openid");

        Authorization stepUp = agent.authorize("invoices:read invoices:write openid", true);
        String tokens = agent.swap(stepUp);

        assertThat(stepUp.consentPage()).contains("scope.invoices:write").doesNotContain("scope.invoices:read");
        assertThat(OAuthUser.scopes(tokens)).containsExactlyInAnyOrder("invoices:read", "invoices:write", "openid");
        assertThat(OAuthUser.scopes(agent.refresh(tokens)))
                .containsExactlyInAnyOrder("invoices:read", "invoices:write", "openid");
        assertThat(agent.authorize("invoices:read invoices:write openid", true).consentPage())
                .as("asked once")
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Line.class)
    void whoAsksForLessThanBeforeIsAskedNothingAndGetsIt(Line line) throws Exception {
        OAuthUser agent = agent(line);
        agent.signIn("invoices:read invoices:write openid");

        Authorization less = agent.authorize("invoices:read openid", true);

        assertThat(less.consentPage()).isEmpty();
        assertThat(OAuthUser.scopes(agent.swap(less))).containsExactlyInAnyOrder("invoices:read", "openid");
        assertThat(agent.authorize("invoices:read invoices:write openid", true).consentPage())
                .as("the other one stays approved")
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Line.class)
    void promptConsentShowsAllAgainAndTheScopesStay(Line line) throws Exception {
        OAuthUser agent = agent(line);
        agent.signIn("invoices:read openid");
        Map<String, String> request = agent.request("invoices:read invoices:write openid");
        request.put("prompt", "consent");

        Authorization again = agent.authorize(request, true, Map.of());

        assertThat(again.consentPage()).contains("scope.invoices:read", "scope.invoices:write");
        assertThat(OAuthUser.scopes(agent.swap(again)))
                .containsExactlyInAnyOrder("invoices:read", "invoices:write", "openid");
        assertThat(agent.authorize("invoices:read invoices:write openid", true).consentPage())
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Line.class)
    void whoRefusesMoreKeepsWhatHeHad(Line line) throws Exception {
        OAuthUser agent = agent(line);
        String tokens = agent.signIn("invoices:read openid");

        Authorization refused = agent.authorize("invoices:read invoices:write openid", false);

        assertThat(refused.parameter("error")).isEqualTo("access_denied");
        assertThat(OAuthUser.scopes(agent.refresh(tokens))).contains("invoices:read");
        assertThat(agent.authorize("invoices:read openid", true).consentPage()).isEmpty();
        assertThat(agent.authorize("invoices:write openid", true).consentPage()).contains("scope.invoices:write");
    }

    @ParameterizedTest
    @EnumSource(Line.class)
    void twoPagesAtOnceApproveEachItsOwn(Line line) throws Exception {
        OAuthUser agent = agent(line);
        HttpResponse<String> read =
                agent.open(agent.request("invoices:read openid")).page();
        HttpResponse<String> both =
                agent.open(agent.request("invoices:read invoices:write openid")).page();

        Authorization first = agent.answer(read, yes(read));
        Authorization second = agent.answer(both, yes(both));
        if (second.callback().toString().contains("error=session_expired")) {
            // The browser's token against forged requests was used up by the first answer: the page is shown again.
            HttpResponse<String> again = agent.open(agent.request("invoices:read invoices:write openid"))
                    .page();
            second = agent.answer(again, yes(again));
        }

        assertThat(OAuthUser.scopes(agent.swap(first))).containsExactlyInAnyOrder("invoices:read", "openid");
        assertThat(OAuthUser.scopes(agent.swap(second)))
                .containsExactlyInAnyOrder("invoices:read", "invoices:write", "openid");
        assertThat(agent.authorize("invoices:read invoices:write openid", true).consentPage())
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Line.class)
    void case06_aScopeThatOnlyTheAnswerNamesIsAskedForAllTheSame(Line line) throws Exception {
        OAuthUser agent = agent(line);
        agent.authorize("invoices:read openid", true, Map.of("scope.invoices:write", "true"));

        Stop later = agent.open(agent.request("invoices:write openid"));

        assertThat(later.page()).as("asked").isNotNull();
        assertThat(later.page().body()).contains("scope.invoices:write");
    }

    @ParameterizedTest
    @EnumSource(Line.class)
    void case06_aPageForNoMcpServerApprovesNoToolEither(Line line) throws Exception {
        OAuthUser agent = agent(line);
        Map<String, String> plain = agent.request("openid");
        plain.remove("resource");
        agent.authorize(plain, true, Map.of("scope.invoices:write", "true", "scope.invoices:export", "true"));

        Stop later = agent.open(agent.request("invoices:write invoices:export openid"));

        assertThat(later.page()).as("asked").isNotNull();
        assertThat(later.page().body()).contains("scope.invoices:write", "scope.invoices:export");
    }

    @Test
    void case06_aScopeOfBeforeThatOnlyTheAnswerNamesStaysWhatItWas() throws Exception {
        OAuthUser agent = agent(Line.TOGETHER);
        agent.signIn("invoices:write openid");

        String tokens =
                agent.swap(agent.authorize("invoices:read openid", true, Map.of("scope.invoices:write", "true")));

        assertThat(OAuthUser.scopes(tokens)).containsExactlyInAnyOrder("invoices:read", "openid");
        assertThat(OAuthUser.scopes(agent.signIn("invoices:write openid"))).contains("invoices:write");
    }

    @Test
    void whatIsLeftOutOfTheAnswerIsNotInTheTokenThoughAmWouldGiveIt() throws Exception {
        OAuthUser agent = agent(Line.TOGETHER);
        HttpResponse<String> page =
                agent.open(agent.request("invoices:read invoices:write openid")).page();
        String changed = Jsoup.parse(page.body()).selectFirst("form").html();
        assertThat(changed).contains("scope.invoices:write");

        Authorization partly = agent.answerWithout(page, "scope.invoices:write");

        assertThat(OAuthUser.scopes(agent.swap(partly))).containsExactlyInAnyOrder("invoices:read", "openid");
        assertThat(agent.authorize("invoices:read invoices:write openid", true).consentPage())
                .contains("scope.invoices:write")
                .doesNotContain("scope.invoices:read");
    }

    @Test
    void whoRefusesOneScopeGetsATokenWithTheOthersAndIsAskedForItAgain() throws Exception {
        OAuthUser agent = agent(Line.PER_SCOPE);
        HttpResponse<String> page =
                agent.open(agent.request("invoices:read invoices:write openid")).page();
        Map<String, String> answer = yes(page);
        answer.remove("scope.invoices:write");

        String tokens = agent.swap(agent.answer(page, answer));

        assertThat(OAuthUser.scopes(tokens)).containsExactlyInAnyOrder("invoices:read", "openid");
        assertThat(OAuthUser.scopes(agent.refresh(tokens))).containsExactlyInAnyOrder("invoices:read", "openid");
        Authorization again = agent.authorize("invoices:read invoices:write openid", true);
        assertThat(again.consentPage()).contains("scope.invoices:write").doesNotContain("scope.invoices:read");
        assertThat(OAuthUser.scopes(agent.swap(again)))
                .containsExactlyInAnyOrder("invoices:read", "invoices:write", "openid");
    }

    @Test
    void aRequiredScopeIsFixedOnThePageAndWithoutItNothingIsGranted() throws Exception {
        OAuthUser demanding = user(Line.PER_SCOPE, "demanding");
        HttpResponse<String> page = demanding
                .open(demanding.request("invoices:read invoices:write openid"))
                .page();
        assertThat(Jsoup.parse(page.body()).select(".choice > input[checked]").eachAttr("name"))
                .as("the application wants its users to choose")
                .containsExactly("scope.invoices:read");

        Authorization forged = demanding.answer(
                page, Map.of("user_oauth_approval", "true", "scope.invoices:read", "false", "scope.openid", "true"));
        assertThat(forged.callback().toString()).contains("/login?", "error_code=access_denied");

        OAuthUser another = user(Line.PER_SCOPE, "demanding");
        HttpResponse<String> fresh = another.open(another.request("invoices:read invoices:write openid"))
                .page();
        String tokens = another.swap(another.answer(fresh, Map.of("user_oauth_approval", "true")));
        assertThat(OAuthUser.scopes(tokens)).containsExactly("invoices:read");
    }

    @Test
    void theToolsStandUnderTheirScopes() throws Exception {
        OAuthUser agent = agent(Line.PER_SCOPE);

        HttpResponse<String> page =
                agent.open(agent.request("invoices:read invoices:write openid")).page();

        assertThat(Jsoup.parse(page.body())
                        .select(".scope:has(> .choice > input[name=scope.invoices:read]) li")
                        .eachText())
                .containsExactlyInAnyOrder(
                        "list_invoices Billing Lists invoices Not included",
                        "copy_invoice Billing Copies Also needs: invoices:write Not included");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("'nonce-"
                        + Jsoup.parse(page.body()).selectFirst("script").attr("nonce") + "'");
    }

    private static Map<String, String> yes(HttpResponse<String> page) {
        Map<String, String> answer = new LinkedHashMap<>(OAuthUser.chosenOn(page));
        answer.put("user_oauth_approval", "true");
        return answer;
    }

    private static OAuthUser agent(Line line) {
        return user(line, "agent");
    }

    /** One user a test: he has approved nothing yet. */
    private static OAuthUser user(Line line, String client) {
        return new OAuthUser(sandbox.gateway() + "/" + line.domain, client, "u" + line.next.getAndIncrement());
    }
}
