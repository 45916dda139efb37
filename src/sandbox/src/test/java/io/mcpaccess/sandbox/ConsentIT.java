package io.mcpaccess.sandbox;

import static io.mcpaccess.sandbox.OAuthClient.json;
import static io.mcpaccess.sandbox.TestBrowser.location;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What AM does at its consent page, without any plugin: in the domains {@code together*} as AM 4.10 to 4.12, in {@code each*} as AM
 * 4.13, which asks for each scope.
 */
class ConsentIT {
    private static final String SERVER = "http://127.0.0.1:9100/mcp";
    private static final String CALLBACK = "http://127.0.0.1:9999/callback";
    private static final String DOMAIN = """
              - id: %s
                consentPerScope: %s
                users: [{username: alice, password: wonderland}]
                applications:
                  - {clientId: agent, clientSecret: s3cret, redirectUris: ["http://127.0.0.1:9999/callback"], scopes: [openid]}
                  - {clientId: demanding, clientSecret: s3cret, redirectUris: ["http://127.0.0.1:9999/callback"],
                     scopes: [openid], requiredScopes: [openid], optInScopeSelection: false}
                protectedResources:
                  - {name: billing, clientId: billing-mcp, clientSecret: s2, resourceIdentifiers: ["http://127.0.0.1:9100/mcp"],
                     features: [{type: MCP_TOOL, key: list, scopes: [read]}, {type: MCP_TOOL, key: refund, scopes: [write]}]}
                forms: {oauth2_user_consent: form.html}
                dictionaries: {de: de.json}
            """;
    private static final String FORM = """
            <html xmlns:th="http://www.thymeleaf.org"><body>
            <p>[(${#messages.msgOrNull('own')})] [(#{oauth.consent.title})]</p>
            <form method="post" th:action="${action}"><input type="hidden" name="X-XSRF-TOKEN" th:value="${_csrf.token}">
            <span th:if="${requiredScopes != null}">required=[(${#lists.size(requiredScopes)})] optional=[(${#lists.size(optionalScopes)})] preselect=[(${preselectAllScopes})]</span>
            <i th:each="scope : ${scopes}">[[${scope.key}]]</i></form></body></html>
            """;

    private static SandboxServer sandbox;

    private final TestBrowser browser = new TestBrowser();

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("form.html"), FORM);
        Files.writeString(folder.resolve("de.json"), "{\"own\": \"Eigener Text\"}");
        StringBuilder yaml = new StringBuilder("gateway: {port: 0}\nmanagement: {port: 0}\nplugins: .\ndomains:\n");
        for (int i = 0; i < 7; i++) {
            yaml.append(DOMAIN.formatted("together" + i, false)).append(DOMAIN.formatted("each" + i, true));
        }
        sandbox = SandboxServer.start(
                Path.of(System.getProperty("repository.root")), folder.resolve("sandbox.yml"), yaml.toString());
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void upTo412WhatAnAnswerLeavesOutIsGrantedAllTheSame() {
        OAuthClient agent = agent("together0", "agent");
        HttpResponse<String> page = page(agent.authorizeUrl("read write", SERVER));

        String code = answered(page, Map.of("user_oauth_approval", "true", "scope.read", "true"));

        assertThat(json(agent.exchange(code)).path("scope").asText()).contains("read", "write");
        assertThat(shown(page(agent.authorizeUrl("read write", SERVER))))
                .as("though it is not approved")
                .isEqualTo("write");
    }

    @Test
    void upTo412WhateverScopeAnAnswerNamesIsApproved() {
        OAuthClient agent = agent("together1", "agent");

        answered(
                page(agent.authorizeUrl("read", SERVER)),
                Map.of("user_oauth_approval", "true", "scope.read", "true", "scope.write", "true"));

        assertThat(location(browser.get(agent.authorizeUrl("write", SERVER)))).startsWith(CALLBACK + "?code=");
    }

    @Test
    void anAnswerAboutNothingGoesBackToTheLogin() {
        HttpResponse<String> page = page(agent("together2", "agent").authorizeUrl("read", SERVER));

        assertThat(location(browser.submit(page, Map.of("user_oauth_approval", "true"))))
                .contains("/login?", "error=user_consent_failed&error_code=internal_server_error");
    }

    @Test
    void thePageListsWhatIsNotApprovedAndAllWithPromptConsent() {
        OAuthClient agent = agent("together3", "agent");
        answered(page(agent.authorizeUrl("read", SERVER)), Map.of("user_oauth_approval", "true", "scope.read", "true"));

        assertThat(shown(page(agent.authorizeUrl("read write", SERVER)))).isEqualTo("write");
        assertThat(shown(page(agent.authorizeUrl("read write", SERVER) + "&prompt=consent")))
                .isEqualTo("read write");
        assertThat(page(agent.authorizeUrl("write", SERVER)).body()).doesNotContain("required=");
    }

    @Test
    void textsAreTheDomainsOwnForTheBrowsersLanguageElseTheNodes() {
        HttpResponse<String> page = page(agent("together4", "agent").authorizeUrl("read", SERVER));
        HttpResponse<String> german = browser.send(java.net.http.HttpRequest.newBuilder(page.uri())
                .header("Accept-Language", "de-AT, en;q=0.5")
                .build());

        assertThat(page.body()).contains("<p> Permissions</p>");
        assertThat(german.body()).contains("<p>Eigener Text Permissions</p>");
    }

    @Test
    void since413AScopeThatIsNotApprovedIsNotGrantedAndAskedForAgain() {
        OAuthClient agent = agent("each0", "agent");
        HttpResponse<String> page = page(agent.authorizeUrl("read write", SERVER));
        assertThat(page.body()).contains("required=0 optional=2 preselect=false");

        String code = answered(page, Map.of("user_oauth_approval", "true", "scope.read", "true"));

        assertThat(json(agent.exchange(code)).path("scope").asText()).isEqualTo("read");
        assertThat(shown(page(agent.authorizeUrl("read write", SERVER)))).isEqualTo("write");
    }

    @Test
    void since413AnAnswerCountsForThePagesScopesAlone() {
        OAuthClient agent = agent("each1", "agent");

        answered(
                page(agent.authorizeUrl("read", SERVER)),
                Map.of("user_oauth_approval", "true", "scope.read", "true", "scope.write", "true"));

        assertThat(shown(page(agent.authorizeUrl("write", SERVER)))).isEqualTo("write");
    }

    @Test
    void since413WithoutARequiredScopeNothingIsGranted() {
        OAuthClient demanding = agent("each2", "demanding");
        HttpResponse<String> page = page(demanding.authorizeUrl("read openid", SERVER));
        assertThat(page.body()).contains("required=1 optional=1 preselect=true");
        assertThat(shown(page)).as("the required one first").isEqualTo("openid read");

        assertThat(location(browser.submit(page, Map.of("user_oauth_approval", "true", "scope.read", "true"))))
                .contains("/login?", "error_code=access_denied");
    }

    @Test
    void since413WhoApprovesNothingIsDeniedAndWhoRefusesRefusesAll() {
        OAuthClient agent = agent("each3", "agent");
        HttpResponse<String> nothing =
                browser.submit(page(agent.authorizeUrl("read", SERVER)), Map.of("user_oauth_approval", "true"));
        assertThat(location(browser.get(location(nothing)))).contains("error=access_denied");

        HttpResponse<String> refused = browser.submit(
                page(agent.authorizeUrl("read", SERVER)), Map.of("user_oauth_approval", "false", "scope.read", "true"));
        assertThat(location(browser.get(location(refused)))).contains("error=access_denied");
        assertThat(shown(page(agent.authorizeUrl("read", SERVER)))).isEqualTo("read");
    }

    private static OAuthClient agent(String domain, String clientId) {
        return new OAuthClient(sandbox.gateway() + "/" + domain, clientId, "s3cret", CALLBACK);
    }

    /** The consent page, after the login where it is asked for. */
    private HttpResponse<String> page(String authorizeUrl) {
        HttpResponse<String> next = browser.get(location(browser.get(authorizeUrl)));
        if (next.uri().getPath().endsWith("/login")) {
            HttpResponse<String> loggedIn = browser.submit(next, Map.of("username", "alice", "password", "wonderland"));
            next = browser.get(location(browser.get(location(loggedIn))));
        }
        assertThat(next.uri().getPath()).endsWith("/oauth/consent");
        return next;
    }

    private static String shown(HttpResponse<String> page) {
        return String.join(
                " ",
                java.util.regex.Pattern.compile("<i>([^<]*)</i>")
                        .matcher(page.body())
                        .results()
                        .map(match -> match.group(1))
                        .toList());
    }

    private String answered(HttpResponse<String> page, Map<String, String> fields) {
        String callback = location(browser.get(location(browser.submit(page, fields))));
        assertThat(callback).contains("code=");
        return callback.replaceAll(".*[?&]code=([^&]*).*", "$1");
    }
}
