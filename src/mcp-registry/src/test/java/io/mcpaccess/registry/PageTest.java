package io.mcpaccess.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.gravitee.am.model.permissions.Permission;
import io.gravitee.am.reporter.api.audit.model.Audit;
import io.gravitee.am.reporter.api.audit.model.AuditEntity;
import io.gravitee.am.reporter.api.audit.model.AuditOutcome;
import io.mcpaccess.openfga.Identifiers;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.registry.page.PageStyle;
import io.mcpaccess.registry.testing.InMemoryAm;
import io.mcpaccess.registry.testing.Registered;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {

    private static final String HOSTILE = "\"><script>alert(1)</script>";
    private static final List<String> VIEWS = List.of(
            "",
            "?view=who",
            "?view=who&by=group",
            "?view=why",
            "?view=why&subject=user:alice",
            "?view=refused",
            "?view=whatif");

    private final Registered registry = new Registered();

    @BeforeEach
    void fill() {
        registry.am.application("agent");
        declare("billing", "{\"key\":\"list_invoices\"},{\"key\":\"pay\",\"scopes\":[\"invoices:pay\"]}");
        registry.store.tuples.add(new TupleKey("user:alice", "can_call", "tool:list_invoices"));
        registry.store.tuples.add(new TupleKey("team:payers#member", "can_call", "tool:pay"));
    }

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void serversShowsToolsScopesAndWhatIsToMend() {
        registry.am.storedScopes.remove("invoices:pay");

        Document page = page("");

        assertThat(page.select("main details summary bdi").eachText()).containsExactly("billing");
        Element pay = row(page, "pay");
        assertThat(pay.text()).contains("invoices:pay", "Scope not defined.");
        assertThat(row(page, "list_invoices").text()).contains("tools:list_invoices", "fine");
        assertThat(page.text()).contains("Tools: 2. With something to mend: 1.");
    }

    @Test
    void aNameThatTwoServersShareAndAModelThatCannotDecideAreSaid() {
        declare("other", "{\"key\":\"pay\",\"scopes\":[\"other:pay\"]}");
        registry.store.relations.clear();

        Document page = page("");

        assertThat(page.select("tbody tr").stream().filter(row -> row.text().contains("Ambiguous name.")))
                .hasSize(2);
        assertThat(row(page, "list_invoices").text()).contains("The model cannot decide.");
    }

    @Test
    void whoIsAMatrixOfUsersAndTools() {
        Document page = page("?view=who");

        assertThat(page.select("table.matrix thead tr").get(1).select("th").eachText())
                .containsExactly("list_invoices", "pay");
        Element alice = page.select("table.matrix tbody tr").first();
        assertThat(alice.selectFirst("th[scope=row]").text()).isEqualTo("alice");
        assertThat(alice.select("td .sr").eachText()).containsExactly("yes", "no");
        assertThat(alice.select("td a").get(1).attr("href"))
                .isEqualTo("?view=why&subject=user%3Aalice&tool=client-of-server-1%2Fpay");
    }

    @Test
    void whoCanBeAskedByGroup() {
        Document page = page("?view=who&by=group");

        Element payers = page.select("table.matrix tbody tr").first();
        assertThat(payers.selectFirst("th").text()).isEqualTo("team:payers#member");
        assertThat(payers.select("td .sr").eachText()).containsExactly("no", "yes");
    }

    @Test
    void manyToolsAreFoldedByServerAndManyUsersArePaged() {
        StringBuilder tools = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            tools.append(i == 0 ? "" : ",").append("{\"key\":\"t" + i + "\",\"scopes\":[\"t:" + i + "\"]}");
        }
        declare("large", tools.toString());
        for (int i = 0; i < 120; i++) {
            registry.store.tuples.add(new TupleKey("user:u" + (1000 + i), "can_call", "tool:t3"));
        }

        Document folded = page("?view=who");
        Document open = page("?view=who&open=client-of-server-2&tools=3&page=3");
        Document one = page("?view=who&tool=client-of-server-2/t3&who=U10");

        assertThat(folded.select("thead tr").get(1).select("th").eachText()).containsExactly("Tools: 2", "Tools: 30");
        assertThat(folded.select("tbody tr")).hasSize(50);
        assertThat(folded.select("tbody tr").get(1).select("td").last().text()).isEqualTo("1\u2009/\u200930");
        assertThat(folded.select("nav.pages a").eachText()).containsExactly("Next rows");
        assertThat(open.select("thead tr").get(1).select("th")).hasSize(1 + 6);
        assertThat(open.select("tbody tr")).hasSize(21);
        assertThat(one.select("tbody tr")).hasSize(50);
        assertThat(one.select("thead tr").get(1).select("th").eachText()).containsExactly("t3");
    }

    @Test
    void whyShowsBothLayersThePictureAndTheCommands() {
        Document page = page("?view=why&subject=alice&tool=client-of-server-1/pay");

        assertThat(page.selectFirst(".verdict").text()).isEqualTo("May not call user:alice calls pay of billing");
        assertThat(page.select(".layers h3")).hasSize(2);
        assertThat(page.selectFirst("[aria-labelledby=layer-scopes]").text()).contains("invoices:pay");
        assertThat(page.selectFirst("[aria-labelledby=layer-permission]").text())
                .contains("The subject does not hold the permission.", "permission_denied", "Next step:");
        assertThat(page.select(".one-of .badge").eachText()).containsExactly("one of these", "one of these");
        assertThat(page.select(".one-of .command").eachText())
                .containsExactly(
                        "amctl grant domain-1 user:alice can_call tool:pay",
                        "amctl grant domain-1 user:alice member team:payers");
    }

    @Test
    void whyShowsThePathOfAYesAndTheScopesThatATokenLacks() {
        Document yes = page("?view=why&subject=user:alice&tool=client-of-server-1/list_invoices");
        Document lacking = page("?view=why&subject=user:alice&tool=client-of-server-1/list_invoices&scopes=other");

        assertThat(yes.selectFirst(".verdict strong").text()).isEqualTo("May call");
        assertThat(yes.select(".path li").eachText())
                .containsExactly(
                        "user:alice can_call tool:list_invoices holds",
                        "A tuple names the user: user:alice can_call tool:list_invoices");
        assertThat(lacking.selectFirst(".verdict strong").text()).isEqualTo("May not call");
        assertThat(lacking.selectFirst("[aria-labelledby=layer-scopes]").text())
                .contains("This layer refuses.", "tools:list_invoices lacking");
    }

    @Test
    void whyWithASubjectAloneListsTheTools() {
        Document page = page("?view=why&subject=user:alice");

        assertThat(row(page, "list_invoices").text()).contains("May call");
        assertThat(row(page, "pay").text()).contains("May not call");
        assertThat(page.select("datalist option").eachAttr("value")).containsExactly("user:alice");
        assertThat(page.select("select[name=tool] optgroup option").eachText()).containsExactly("list_invoices", "pay");
    }

    @Test
    void anEngineThatIsDownIsSaidOnEachView() {
        registry.store.isDown = true;

        assertThat(page("").text()).contains("The engine did not answer.");
        assertThat(page("?view=who").text()).contains("The engine did not answer, or not clearly.");
        assertThat(page("?view=who&by=group").select("[role=alert]").text()).contains("did not answer: down");
        assertThat(page("?view=why&subject=user:alice&tool=client-of-server-1/pay")
                        .text())
                .contains("engine_unavailable", "did not answer: down");
    }

    @Test
    void refusedIsGroupedByReasonWithTheNextStep() {
        decision(false, "permission_denied", "alice", "pay");
        decision(false, "permission_denied", "alice", "pay");
        decision(false, "scope_missing", "bob", "pay");
        decision(true, "permitted", "bob", "list_invoices");
        entry("engine_unavailable: no answer");

        Document page = page("?view=refused");

        assertThat(page.select("main section h3").eachText())
                .containsExactly(
                        "The subject does not hold the permission. times: 2",
                        "The token lacks a scope that the tool needs. times: 1",
                        "The engine did not answer, or not clearly. times: 1");
        assertThat(page.text()).contains("Decisions looked at: 5. Refused: 4.");
        assertThat(page.selectFirst("main section tbody a").attr("href"))
                .isEqualTo("?view=why&subject=user%3Aalice&tool=client-of-server-1%2Fpay");
        assertThat(page("?view=refused&q=bob").select("main section")).hasSize(1);
    }

    @Test
    void whatIfShowsWhoGainsAndWhoLosesAndChangesNothing() {
        Registered.Reply reply = registry.form("writes=" + encoded("user:bob can_call tool:pay\n\n# a remark\n")
                + "&deletes=" + encoded("user:alice, can_call, tool:list_invoices"));

        assertThat(reply.status()).isEqualTo(200);
        Document page = Jsoup.parse(reply.body());
        assertThat(page.selectFirst("[role=status]")).as(page.text()).isNotNull();
        assertThat(page.selectFirst("[role=status]").text()).contains("Gains: 1. Losses: 1.");
        assertThat(row(page, "pay").text()).contains("gains the call", "user:bob");
        assertThat(row(page, "list_invoices").text()).contains("loses the call", "user:alice");
        assertThat(page.selectFirst("textarea[name=writes]").wholeText()).contains("user:bob can_call tool:pay");
        assertThat(registry.store.tuples).contains(new TupleKey("user:alice", "can_call", "tool:list_invoices"));
    }

    @Test
    void attackALinkThatHasAChangeWorkedOut() {
        Document page = page("?view=whatif&writes=" + encoded("user:bob can_call tool:pay"));

        assertThat(page.select("[role=status], [role=alert]")).isEmpty();
        assertThat(page.selectFirst("textarea[name=writes]").wholeText()).isEmpty();
    }

    @Test
    void whatIfSaysWhichLineIsNoTuple() {
        Document page = Jsoup.parse(registry.form("writes=" + encoded("user:bob can_call tool:pay\n" + HOSTILE))
                .body());

        assertThat(page.selectFirst("[role=alert]").text()).contains("Line 2 of writes is no tuple.");
        assertThat(page.selectFirst("textarea[name=writes]").wholeText()).contains(HOSTILE);
        assertThat(page.select("script")).isEmpty();
    }

    @Test
    void hostileNamesStayText() {
        declare(HOSTILE, "{\"key\":\"x\",\"description\":\"<img src=x onerror=alert(1)>\",\"scopes\":[\"a:b\"]}");
        registry.am.storedResources.values().forEach(each -> each.setResourceIdentifiers(List.of(HOSTILE)));
        registry.store.tuples.add(new TupleKey(Identifiers.user("user", HOSTILE), "can_call", "tool:x"));
        registry.store.tuples.add(new TupleKey("team:" + HOSTILE + "#member", "can_call", "tool:x"));
        decision(false, HOSTILE, HOSTILE, HOSTILE);
        entry(HOSTILE + ": " + HOSTILE);
        String encoded = encoded(HOSTILE);
        List<String> hostile = List.of(
                "?q=" + encoded,
                "?view=who&q=" + encoded,
                "?view=who&who=" + encoded,
                "?view=who&tool=" + encoded,
                "?view=who&open=" + encoded,
                "?view=why&subject=" + encoded + "&tool=" + encoded,
                "?view=why&subject=user:" + encoded + "&tool=client-of-server-2/x&scopes=" + encoded,
                "?view=refused&q=" + encoded,
                "?view=" + encoded);

        for (String query : concat(VIEWS, hostile)) {
            String body = registry.page(query, null).body();
            Document page = Jsoup.parse(body);
            assertThat(page.select("script, img, svg, iframe, object, embed, link, base"))
                    .as(query)
                    .isEmpty();
            assertThat(body).as(query).doesNotContainPattern("<[^>]*\\son[a-z]+=");
            assertThat(page.select("[href], [action]").stream()
                            .flatMap(each -> List.of(each.attr("href"), each.attr("action")).stream())
                            .filter(link -> !link.isEmpty()))
                    .as(query)
                    .allMatch(link -> link.startsWith("?") || link.startsWith("#"));
        }
        assertThat(page("").text()).contains(HOSTILE);
        assertThat(page("?view=who").text()).contains("script>alert(1)");
    }

    @Test
    void everyViewHasItsLandmarksHeadingsAndLabels() {
        for (String query : VIEWS) {
            Document page = page(query);
            assertThat(page.select("html[lang], main#content, header nav[aria-label], h1, main h2"))
                    .as(query)
                    .hasSize(5);
            assertThat(page.select("nav a[aria-current=page]")).as(query).hasSize(1);
            assertThat(page.select("th").stream().filter(each -> !each.hasAttr("scope")))
                    .as(query)
                    .isEmpty();
            assertThat(page.select("table").stream()
                            .filter(each -> each.select("caption").isEmpty()))
                    .as(query)
                    .isEmpty();
            assertThat(page.select("input:not([type=hidden]), select, textarea").stream()
                            .filter(each -> each.closest("label") == null))
                    .as(query)
                    .isEmpty();
            assertThat(page.select("[id]").eachAttr("id")).as(query).doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "de-DE, Wer was aufrufen darf",
        "fr, Qui peut appeler quoi",
        "es, Quién puede llamar a qué",
        "it, Who may call what"
    })
    void speaksTheBrowsersLanguage(String language, String heading) {
        assertThat(Jsoup.parse(registry.page("?view=who", language).body())
                        .selectFirst("main h2")
                        .text())
                .isEqualTo(heading);
    }

    @Test
    void thePagesPolicyAllowsItsOwnStyleAndNothingElse() {
        Registered.Reply reply = registry.page("", null);

        assertThat(reply.answer().headers())
                .containsEntry("content-security-policy", PageStyle.contentSecurityPolicy())
                .containsEntry("x-content-type-options", "nosniff")
                .containsEntry("referrer-policy", "no-referrer")
                .containsEntry("cache-control", "no-store")
                .containsEntry("content-type", "text/html;charset=utf-8");
        assertThat(PageStyle.contentSecurityPolicy())
                .contains("default-src 'none'", "style-src 'sha256-", "frame-ancestors 'none'")
                .doesNotContain("unsafe", "script");
        assertThat(reply.body()).doesNotContain("style=\"");
    }

    @ParameterizedTest
    @CsvSource({
        "'', PROTECTED_RESOURCE",
        "'', DOMAIN_SCOPE",
        "?view=who, DOMAIN_USER",
        "?view=who, APPLICATION",
        "?view=who&format=csv, DOMAIN_USER",
        "?view=why&subject=user:alice, DOMAIN_USER",
        "?view=refused, DOMAIN_AUDIT",
        "?view=whatif, DOMAIN_USER"
    })
    void whoLacksARightOfAmSeesNothingButThat(String query, Permission missing) {
        registry.am.granted.remove(missing);

        Registered.Reply reply = registry.page(query, null);

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.body()).contains(missing.name()).doesNotContain("billing", "alice");
    }

    @Test
    void everyLookIsTakenDownInAmsAudit() {
        registry.page("?view=why&subject=user:alice&tool=client-of-server-1/pay", null);

        assertThat(registry.am.audited).hasSize(1);
        assertThat(registry.am.audited.get(0).type()).isEqualTo("MCP_ACCESS_VIEWED");
        assertThat(registry.am.audited.get(0).newValue())
                .containsEntry("view", "why")
                .containsEntry("subject", "user:alice");
        assertThat(registry.am.audited.get(0).targetId()).isEqualTo(InMemoryAm.ENGINE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "json", "html"})
    void theMapStaysAsFiles(String format) {
        assertThat(registry.page("?view=who&format=" + format, null).body()).contains("list_invoices", "alice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"model", "writes", "deletes"})
    void attackAFormThatIsLongerThanItsPageTakes(String field) {
        Registered.Reply reply = registry.form(field + "=" + "x".repeat(60_001));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(Jsoup.parse(reply.body()).selectFirst("[role=alert]").text()).contains("60000 characters");
    }

    @Test
    void aLongQueryIsRefused() {
        Registered.Reply reply = registry.page("?view=who&q=" + "x".repeat(600), null);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(Jsoup.parse(reply.body()).selectFirst("[role=alert]").text()).contains("512 characters");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Document page(String query) {
        Registered.Reply reply = registry.page(query, "en");
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return Jsoup.parse(reply.body());
    }

    private static Element row(Document page, String tool) {
        return page.select("tbody tr").stream()
                .filter(row -> row.selectFirst("th code").text().equals(tool))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> concat(List<String> some, List<String> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private void decision(boolean decision, String reason, String user, String tool) {
        entry("[{\"op\":\"add\",\"path\":\"/request\",\"value\":{\"subject\":{\"type\":\"user\",\"id\":" + json(user)
                + "},\"resource\":{\"type\":\"tool\",\"id\":" + json(tool)
                + "}}},{\"op\":\"add\",\"path\":\"/response\","
                + "\"value\":{\"decision\":" + decision + ",\"context\":{\"reason_code\":" + json(reason) + "}}}]");
    }

    private static String json(String text) {
        return "\"" + text.replace("\"", "\\\"") + "\"";
    }

    private void entry(String message) {
        AuditEntity actor = new AuditEntity();
        actor.setDisplayName("billing");
        AuditOutcome outcome = new AuditOutcome();
        outcome.setMessage(message);
        Audit audit = new Audit();
        audit.setType("PERMISSION_EVALUATED");
        audit.setActor(actor);
        audit.setOutcome(outcome);
        audit.setTimestamp(Instant.parse("2026-11-28T02:00:00Z"));
        registry.am.log.add(audit);
    }

    private void declare(String name, String tools) {
        Registered.Reply reply = registry.call(
                "POST",
                "servers?force=true",
                "{\"name\":" + json(name) + ",\"resourceIdentifiers\":[\"https://s" + name.hashCode()
                        + ".example/mcp\"],\"tools\":[" + tools + "]}");
        assertThat(reply.status()).as(reply.body()).isEqualTo(201);
    }
}
