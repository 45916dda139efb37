package io.mcpaccess.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;
import org.thymeleaf.templateresolver.StringTemplateResolver;

/** The consent form as AM renders it: Thymeleaf with OGNL, and the variables that AM and the policy give. */
class ConsentFormIT {

    private static final Map<String, Object> SCOPE =
            Map.of("key", "invoices:read", "name", "Read invoices", "description", "See your invoices");

    @Test
    void namesTheToolsAndSendsEachScopeThatWasAskedFor() throws Exception {
        String page = render(Map.of(
                "mcpTools",
                List.of(Map.of(
                        "server", "billing",
                        "tool", "list_invoices",
                        "description", "Lists invoices",
                        "scopes", List.of("invoices:read", "profile"),
                        "isNew", true)),
                "mcpRedirectHost",
                "agent.example"));

        assertThat(page)
                .contains("list_invoices", "billing", "Lists invoices", "invoices:read, profile", "agent.example")
                .contains("New since you last allowed this")
                .contains("<input type=\"hidden\" name=\"scope.invoices:read\" value=\"true\">")
                .contains("<input type=\"hidden\" name=\"X-XSRF-TOKEN\" value=\"csrf-value\">")
                .contains("name=\"user_oauth_approval\" value=\"true\"", "name=\"user_oauth_approval\" value=\"false\"")
                .contains("action=\"/demo/oauth/consent?client_id=agent\"");
    }

    @Test
    void escapesWhatServersWriteAboutTheirTools() throws Exception {
        String page = render(Map.of(
                "mcpTools",
                List.of(Map.of(
                        "server", "<b>bank</b>",
                        "tool", "pay\"><script>alert(1)</script>",
                        "description", "</p><img src=x onerror=alert(1)> ${7*7} [[${client}]]",
                        "scopes", List.of("a<b"),
                        "isNew", false))));

        assertThat(page)
                .doesNotContain("<script", "<img", "<b>bank", "a<b")
                .contains("&lt;script&gt;", "${7*7}")
                .doesNotContain("New since");
    }

    @Test
    void listsScopesAloneWithoutThePolicy() throws Exception {
        String page = render(Map.of());

        assertThat(page)
                .contains("Read invoices", "See your invoices", "scope.invoices:read")
                .doesNotContain("Tools it may call");
    }

    @Test
    void loadsNothingFromElsewhereAndRunsNoScript() throws Exception {
        assertThat(form()).doesNotContain("<script", "src=", "<link", "url(", "@import", "th:utext");
    }

    private static String render(Map<String, Object> fromPolicy) throws Exception {
        Map<String, Object> variables = new HashMap<>(fromPolicy);
        variables.put("client", Map.of("clientId", "agent", "clientName", "Agent"));
        variables.put("scopes", List.of(SCOPE));
        variables.put("action", "/demo/oauth/consent?client_id=agent");
        variables.put("_csrf", Map.of("parameterName", "X-XSRF-TOKEN", "token", "csrf-value"));
        TemplateEngine engine = new TemplateEngine();
        engine.setTemplateResolver(new StringTemplateResolver());
        return engine.process(form(), new Context(Locale.ENGLISH, variables));
    }

    private static String form() throws Exception {
        return Files.readString(Repository.root().resolve("assembly/bundle/consent-form.html"));
    }
}
