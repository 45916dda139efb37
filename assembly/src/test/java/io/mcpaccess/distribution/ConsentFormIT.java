package io.mcpaccess.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;
import org.thymeleaf.context.ITemplateContext;
import org.thymeleaf.messageresolver.AbstractMessageResolver;
import org.thymeleaf.templateresolver.StringTemplateResolver;

/** The consent form as AM renders it, Thymeleaf with OGNL and the variables that AM and the policy give, and as a browser reads it. */
class ConsentFormIT {

    private static final Map<String, Object> SCOPE =
            Map.of("key", "invoices:read", "name", "Read invoices", "description", "See your invoices");
    private static final Map<String, Object> LIST = tool("list_invoices", "Lists invoices", false);

    @Test
    void namesApplicationPlaceServersToolsAndScopes() throws Exception {
        Document page = render(Map.of(
                "mcpApplication",
                "Invoice desk",
                "mcpServers",
                List.of(
                        server("billing", tool("export_invoices", "Sends all", true), LIST),
                        server("archive", tool("find", "", false))),
                "mcpRedirectHost",
                "agent.example"));

        assertThat(page.select("h1").text()).isEqualTo("Invoice desk asks for access");
        assertThat(page.select("h1 + p").text()).isEqualTo("When you allow it, you are sent to agent.example.");
        assertThat(page.select("section[aria-labelledby=tools] h3").eachText())
                .containsExactly("On billing", "On archive");
        assertThat(page.select("section[aria-labelledby=tools] li").eachText())
                .containsExactly(
                        "export_invoices New since you last allowed this Sends all Needs: invoices:read, profile",
                        "list_invoices Lists invoices Needs: invoices:read, profile",
                        "find Needs: invoices:read, profile");
        assertThat(page.select("section[aria-labelledby=scopes] li").eachText())
                .containsExactly("Read invoices invoices:read See your invoices");
    }

    @Test
    void sendsWhatAmExpects() throws Exception {
        Element form = render(Map.of("mcpShown", "digest")).selectFirst("form");

        assertThat(form.attr("method")).isEqualTo("post");
        assertThat(form.attr("action")).isEqualTo("/demo/oauth/consent?client_id=agent");
        assertThat(form.select("input[type=hidden]"))
                .extracting(field -> field.attr("name") + "=" + field.val())
                .containsExactly("scope.invoices:read=true", "mcp_shown=digest", "X-XSRF-TOKEN=csrf-value");
        assertThat(form.select("button[type=submit][name=user_oauth_approval]"))
                .extracting(button -> button.text() + "=" + button.val())
                .as("the one that does no harm comes first")
                .containsExactly("Refuse=false", "Allow=true");
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1", "localhost", "[::1]"})
    void saysThatAProgramOnTheDeviceIsMeant(String host) throws Exception {
        assertThat(render(Map.of("mcpRedirectHost", host)).select("h1 + p").text())
                .isEqualTo("When you allow it, you are sent to " + host + ", a program on this device.");
    }

    @Test
    void whatServersAndApplicationsWriteIsTextAndNothingElse() throws Exception {
        String attack =
                "</p></bdi><script>alert(1)</script><img src=x onerror=alert(1)>\" onfocus=alert(1) ${7*7} [[${client}]]";
        Document plain = render(Map.of("mcpApplication", "a", "mcpServers", List.of(server("s", LIST))));

        Document page = render(Map.of(
                "mcpApplication",
                attack,
                "mcpRedirectHost",
                attack,
                "mcpServers",
                List.of(server(attack, tool(attack, attack, false)))));

        assertThat(page.select("h1 bdi").text()).isEqualTo(attack);
        assertThat(page.select("h1 + p bdi").text()).isEqualTo(attack);
        assertThat(page.select("h3 bdi").text()).isEqualTo(attack);
        assertThat(page.select("section[aria-labelledby=tools] li").text()).contains(attack + " " + attack);
        assertThat(page.select("script, img, iframe, object, svg")).isEmpty();
        assertThat(page.getAllElements())
                .as("no attribute that runs")
                .allSatisfy(element -> assertThat(element.attributes())
                        .noneMatch(attribute -> attribute.getKey().startsWith("on")));
        assertThat(page.select("form")).hasSameSizeAs(plain.select("form"));
    }

    @Test
    void textThatRunsTheOtherWayDisturbsNothingAroundIt() throws Exception {
        Document page = render(Map.of(
                "mcpApplication", "Desk",
                "mcpRedirectHost", "agent.example",
                "mcpServers", List.of(server("billing", LIST))));

        for (String foreign : List.of(
                "Desk",
                "agent.example",
                "billing",
                "list_invoices",
                "Lists invoices",
                "Read invoices",
                "invoices:read",
                "See your invoices")) {
            assertThat(page.select(":containsOwn(" + foreign + ")"))
                    .as(foreign)
                    .isNotEmpty()
                    .allSatisfy(
                            element -> assertThat(element.is("bdi, [dir=auto]")).isTrue());
        }
    }

    @Test
    void aScreenReaderFindsItsWay() throws Exception {
        Document page = render(Map.of(
                "mcpServers",
                List.of(server("billing", LIST), server("archive", LIST)),
                "mcpRedirectHost",
                "a.example"));

        assertThat(page.selectFirst("html").attr("lang")).isEqualTo("en");
        assertThat(page.title()).isNotBlank();
        assertThat(page.select("main")).hasSize(1);
        assertThat(page.select("h1, h2, h3, h4, h5, h6").eachText())
                .containsExactly(
                        "Agent asks for access",
                        "Tools it may call for you",
                        "On billing",
                        "On archive",
                        "What you allow");
        assertThat(page.select("[id]").eachAttr("id")).doesNotHaveDuplicates();
        assertThat(page.select("section, ul"))
                .isNotEmpty()
                .allSatisfy(part -> assertThat(page.getElementById(part.attr("aria-labelledby")))
                        .as(part.cssSelector())
                        .isNotNull());
        assertThat(page.select("ul"))
                .as("a list without bullets stays a list")
                .allMatch(list -> list.attr("role").equals("list"));
        assertThat(page.select("[tabindex], [autofocus], [accesskey]"))
                .as("nothing moves the focus")
                .isEmpty();
        assertThat(page.select("button, input:not([type=hidden]), a, select"))
                .allSatisfy(control -> assertThat(control.text()).isNotBlank());
    }

    @Test
    void theFocusIsSeenAndAPhoneMayEnlargeThePage() throws Exception {
        Document page = render(Map.of());

        assertThat(css()).containsPattern("button:focus-visible[^{]*\\{ outline: 3px solid");
        assertThat(page.select("meta[name=viewport]").attr("content"))
                .contains("width=device-width")
                .doesNotContain("maximum-scale", "user-scalable");
        assertThat(css()).as("a long word makes nothing wider").contains("overflow-wrap: anywhere");
        assertThat(css()).doesNotContainPattern("(?<!max-)width:\\s*\\d+px").doesNotContain("outline: none");
    }

    @Test
    void everyTextCanBeReadInLightAndDark() throws Exception {
        Document page = render(Map.of());
        assertThat(page.select("meta[name=color-scheme]").attr("content")).isEqualTo("light dark");

        String[] themes = css().split("@media \\(prefers-color-scheme: dark\\)");
        assertThat(themes).hasSize(2);
        for (String theme : themes) {
            assertThat(Contrast.between(theme, "text", "card")).isGreaterThanOrEqualTo(4.5);
            assertThat(Contrast.between(theme, "soft", "card")).isGreaterThanOrEqualTo(4.5);
            assertThat(Contrast.between(theme, "new", "card")).isGreaterThanOrEqualTo(4.5);
            assertThat(Contrast.between(theme, "strong", "card")).isGreaterThanOrEqualTo(4.5);
            assertThat(Contrast.between(theme, "on-strong", "strong")).isGreaterThanOrEqualTo(4.5);
        }
    }

    @Test
    void theLookIsThatOfTheAdministratorsPage() throws Exception {
        String look = Files.readString(
                Repository.root().resolve("src/mcp-registry/src/main/resources/io/mcpaccess/registry/look/look.css"));

        assertThat(css().lines().map(String::strip))
                .containsSubsequence(look.lines().toList());
    }

    @Test
    void listsScopesAloneWithoutThePolicy() throws Exception {
        Document page = render(Map.of());

        assertThat(page.select("h1").text()).isEqualTo("Agent asks for access");
        assertThat(page.select("h2").eachText()).containsExactly("What you allow");
        assertThat(page.select("li").eachText()).containsExactly("Read invoices invoices:read See your invoices");
    }

    @Test
    void loadsNothingFromElsewhereAndRunsNothingOfOthers() throws Exception {
        Document page = Jsoup.parse(form());

        assertThat(page.select("link, iframe, object, [src], [href], [th:href], [th:utext], [style]"))
                .isEmpty();
        assertThat(page.select("script"))
                .as("one script, which AM's policy for content lets run")
                .hasSize(1)
                .allMatch(script -> script.attr("th:attr").equals("nonce=${script_inline_nonce}"))
                .noneMatch(script -> script.data().contains("innerHTML"));
        assertThat(page.select("img"))
                .as("AM serves a client's logo under its own address")
                .hasSize(1)
                .allMatch(image -> image.attr("th:src").equals("${cimdLogoUrl}"));
        assertThat(css()).doesNotContain("url(", "@import");
        assertThat(render(Map.of()).select("script, img"))
                .as("where AM takes no choice")
                .isEmpty();
    }

    @Test
    void whereAmTakesAChoiceEachScopeHasACheckBoxWithItsToolsUnderIt() throws Exception {
        Document page = render(choice(
                true,
                Map.of(
                        "invoices:read",
                                List.of(
                                        under("list_invoices", "invoices:read"),
                                        under("refund", "invoices:read invoices:write")),
                        "invoices:write", List.of(under("refund", "invoices:read invoices:write")))));

        assertThat(page.select("section")).hasSize(1);
        assertThat(page.select(".scope > .choice > input[type=checkbox]"))
                .extracting(box -> box.attr("name") + "=" + box.val() + (box.hasAttr("checked") ? " checked" : ""))
                .containsExactly("scope.invoices:read=true checked", "scope.invoices:write=true checked");
        assertThat(page.select(".scope li").eachAttr("data-needs"))
                .containsExactly("invoices:read", "invoices:read invoices:write", "invoices:read invoices:write");
        assertThat(page.select(".scope").first().select(".under .key").eachText())
                .containsExactly("list_invoices", "refund");
        assertThat(page.select("li .excluded").eachText())
                .as("for the browser to show")
                .hasSize(3);
        assertThat(page.select("input[type=hidden]").eachAttr("name")).containsExactly("X-XSRF-TOKEN");
        assertThat(page.selectFirst("script").attr("nonce")).isEqualTo("n0nce");
        assertThat(page.select("label.choice"))
                .allSatisfy(label -> assertThat(label.text()).isNotBlank());
    }

    @Test
    void aRequiredScopeIsFixedAndSentAllTheSame() throws Exception {
        Map<String, Object> variables = choice(false, Map.of());
        variables.put("requiredScopes", List.of(SCOPE));

        Document page = render(variables);

        Element fixed = page.selectFirst(".choice > input");
        assertThat(fixed.attr("name")).isEqualTo("scope.invoices:read");
        assertThat(fixed.hasAttr("checked") && fixed.hasAttr("disabled")).isTrue();
        assertThat(page.select(".scope").first().select("input[type=hidden]"))
                .as("a browser sends no field that is disabled")
                .extracting(field -> field.attr("name") + "=" + field.val())
                .containsExactly("scope.invoices:read=true");
        assertThat(page.select(".required").eachText()).containsExactly("Required");
        Element other = page.select(".choice > input").get(1);
        assertThat(other.hasAttr("checked") || other.hasAttr("disabled"))
                .as("the application wants the user to choose")
                .isFalse();
    }

    @Test
    void aToolThatNeedsWhatIsNotAskedForIsShownAsNotIncluded() throws Exception {
        Map<String, Object> tool = new HashMap<>(under("refund", "invoices:read"));
        tool.put("missing", List.of("invoices:write"));

        assertThat(render(Map.of("mcpServers", List.of(server("billing", tool))))
                        .select("li")
                        .first()
                        .text())
                .contains("Not included. It also needs, and was not asked for: invoices:write");
        assertThat(render(choice(true, Map.of("invoices:read", List.of(tool))))
                        .select(".scope li")
                        .first()
                        .text())
                .contains("Not included. It also needs, and was not asked for: invoices:write");
    }

    @Test
    void namesTheHostOfAClientThatIsKnownByItsMetadataDocument() throws Exception {
        Document page = render(Map.of(
                "mcpRedirectHost", "127.0.0.1",
                "cimdClientIdHostname", "client.example",
                "cimdLogoUrl", "http://am.example/demo/cimd/logo?clientId=x"));

        assertThat(page.select("main > p").eachText())
                .containsExactly(
                        "When you allow it, you are sent to 127.0.0.1, a program on this device.",
                        "client.example verified domain",
                        "Any program on this device could pass itself off as this application.");
        assertThat(page.selectFirst("img").attr("src")).isEqualTo("http://am.example/demo/cimd/logo?clientId=x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de", "fr", "es"})
    void everyTextCanBeTranslatedByTheDomain(String language) throws Exception {
        Map<String, String> texts = texts(language);
        Set<String> ours = Pattern.compile("msgOrNull\\('(mcp\\.[^']*)'\\)")
                .matcher(form())
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());

        Document page = render(choice(true, Map.of()), texts);

        assertThat(texts.keySet()).containsAll(ours);
        assertThat(texts.keySet()).filteredOn(key -> key.startsWith("mcp.")).hasSameElementsAs(ours);
        assertThat(page.selectFirst("html").attr("lang")).isEqualTo(language);
        assertThat(page.selectFirst("h1").text())
                .isEqualTo(texts.get("mcp.consent.heading").replace("{0}", "Agent"));
        assertThat(page.selectFirst("h2").text()).isEqualTo(texts.get("mcp.consent.scopes"));
        assertThat(page.select("form > p").text()).isEqualTo(texts.get("mcp.consent.limit"));
    }

    @Test
    void textsOfAmAreTakenWhereItHasThem() throws Exception {
        Document page = render(
                choice(true, Map.of()),
                Map.of(
                        "oauth.consent.description.before", "Application \"",
                        "oauth.consent.description.after", "\" wants more",
                        "oauth.button.allow", "Yes",
                        "oauth.button.deny", "No",
                        "oauth.consent.instructions", "Pick:"));

        assertThat(page.selectFirst("h1").text()).isEqualTo("Application \"Agent\" wants more");
        assertThat(page.select("button").eachText()).containsExactly("No", "Yes");
        assertThat(page.select("section > p").first().text()).isEqualTo("Pick:");
    }

    private static Map<String, Object> server(String name, Object... tools) {
        return Map.of("server", name, "tools", List.of(tools));
    }

    private static Map<String, Object> tool(String key, String description, boolean isNew) {
        return Map.of(
                "server", "billing",
                "tool", key,
                "description", description,
                "scopes", List.of("invoices:read", "profile"),
                "isNew", isNew);
    }

    /** What AM 4.13 and the policy give a page where each scope is chosen by itself. */
    private static Map<String, Object> choice(boolean preselected, Map<String, Object> tools) {
        Map<String, Object> write = Map.of("key", "invoices:write", "name", "Write invoices", "description", "Change");
        Map<String, Object> variables = new HashMap<>();
        variables.put("scopes", List.of(SCOPE, write));
        variables.put("requiredScopes", List.of());
        variables.put("optionalScopes", List.of(SCOPE, write));
        variables.put("preselectAllScopes", preselected);
        variables.put("script_inline_nonce", "n0nce");
        variables.put("mcpToolsByScope", tools);
        return variables;
    }

    private static Map<String, Object> under(String key, String needs) {
        Map<String, Object> tool = new HashMap<>(tool(key, "About " + key, false));
        tool.put("needs", needs);
        return tool;
    }

    private static Document render(Map<String, Object> fromPolicy) throws Exception {
        return render(fromPolicy, Map.of());
    }

    private static Document render(Map<String, Object> fromPolicy, Map<String, String> texts) throws Exception {
        Map<String, Object> variables = new HashMap<>(fromPolicy);
        variables.put("client", Map.of("clientId", "agent", "clientName", "Agent"));
        variables.putIfAbsent("scopes", List.of(SCOPE));
        variables.put("action", "/demo/oauth/consent?client_id=agent");
        variables.put("_csrf", Map.of("parameterName", "X-XSRF-TOKEN", "token", "csrf-value"));
        TemplateEngine engine = new TemplateEngine();
        engine.setTemplateResolver(new StringTemplateResolver());
        engine.setMessageResolver(new AbstractMessageResolver() {
            @Override
            public String resolveMessage(ITemplateContext context, Class<?> origin, String key, Object[] parameters) {
                return texts.get(key);
            }

            @Override
            public String createAbsentMessageRepresentation(
                    ITemplateContext context, Class<?> origin, String key, Object[] parameters) {
                return null;
            }
        });
        return Jsoup.parse(engine.process(form(), new Context(Locale.ENGLISH, variables)));
    }

    private static Map<String, String> texts(String language) throws Exception {
        Map<String, String> texts = new HashMap<>();
        Json.read(Files.readString(Repository.root().resolve("assembly/bundle/consent-texts/" + language + ".json")))
                .fields()
                .forEachRemaining(
                        entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return texts;
    }

    private static String css() throws Exception {
        return Jsoup.parse(form()).selectFirst("style").data();
    }

    private static String form() throws Exception {
        return Files.readString(Repository.root().resolve("assembly/bundle/consent-form.html"));
    }
}
