package io.mcpaccess.sandbox;

import static io.mcpaccess.sandbox.OAuthClient.claims;
import static io.mcpaccess.sandbox.OAuthClient.json;
import static io.mcpaccess.sandbox.TestBrowser.location;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway's OAuth endpoints as am-abi says AM 4.10's behave, without any plugin. */
class GatewayOAuthIT {
    private static final String BILLING = "http://127.0.0.1:9100/mcp";
    private static final String PAYROLL = "http://127.0.0.1:9200/mcp";
    private static final String CALLBACK = "http://127.0.0.1:9999/callback";
    private static SandboxServer sandbox;
    private static String base;

    private final TestBrowser browser = new TestBrowser();
    private final OAuthClient agent = new OAuthClient(base, "agent", "s3cret", CALLBACK);

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        String yaml = """
                gateway: {port: 0}
                management: {port: 0}
                plugins: .
                domains:
                  - id: demo
                    users:
                      - {username: alice, password: wonderland, email: alice@example.com}
                      - {username: bob, password: builder}
                      - {username: carol, password: singer}
                    scopes:
                      - {key: "invoices:read", name: Read invoices, description: See your invoices}
                      - {key: "salaries:read", name: Read salaries, description: See salaries}
                    applications:
                      - {clientId: agent, clientSecret: s3cret, redirectUris: ["http://127.0.0.1:9999/callback"],
                         grantTypes: [authorization_code, refresh_token, client_credentials], scopes: [openid]}
                      - {clientId: desktop, redirectUris: ["http://127.0.0.1:9999/callback"], scopes: [openid]}
                      - {clientId: trusted, clientSecret: s3cret, redirectUris: ["http://127.0.0.1:9999/callback"],
                         scopes: [openid], autoApproveScopes: ["true"]}
                    protectedResources:
                      - {name: billing, clientId: billing-mcp, clientSecret: s2, resourceIdentifiers: ["HTTP://127.0.0.1:9100/mcp"],
                         features: [{type: MCP_TOOL, key: list_invoices, description: List, scopes: ["invoices:read"]}]}
                      - {name: payroll, clientId: payroll-mcp, clientSecret: s3, resourceIdentifiers: ["http://127.0.0.1:9200/mcp"],
                         features: [{type: MCP_TOOL, key: list_salaries, description: List, scopes: ["salaries:read"]}]}
                  - id: other
                    users: [{username: alice, password: wonderland}]
                    applications: [{clientId: agent, clientSecret: s3cret, redirectUris: ["http://127.0.0.1:9999/callback"], scopes: [openid]}]
                """;
        sandbox = SandboxServer.start(
                Path.of(System.getProperty("repository.root")), folder.resolve("sandbox.yml"), yaml);
        base = sandbox.gateway() + "/demo";
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void discoveryNamesTheDomainsIssuerAndEndpoints() {
        JsonNode metadata = json(browser.get(base + "/oidc/.well-known/openid-configuration"));

        assertThat(metadata.path("issuer").asText()).isEqualTo(base + "/oidc");
        assertThat(metadata.path("authorization_endpoint").asText()).isEqualTo(base + "/oauth/authorize");
        assertThat(metadata.path("code_challenge_methods_supported").toString()).contains("S256");
        assertThat(json(browser.get(metadata.path("jwks_uri").asText())).path("keys"))
                .hasSize(1);
    }

    @Test
    void everyOtherWellKnownPathIsAnIndexWithoutIssuer() {
        HttpResponse<String> index = browser.get(base + "/.well-known/oauth-authorization-server");

        assertThat(index.statusCode()).isEqualTo(200);
        assertThat(json(index).has("issuer")).isFalse();
    }

    @Test
    void theWholeChainFromAuthorizeToRevocation() {
        HttpResponse<String> authorize = browser.get(agent.authorizeUrl("openid invoices:read", BILLING));
        assertThat(location(authorize)).startsWith(base + "/login?response_type=code");
        HttpResponse<String> login = browser.get(location(authorize));
        assertThat(login.headers().firstValue("X-Frame-Options")).contains("DENY");
        HttpResponse<String> loggedIn = browser.submit(login, Map.of("username", "bob", "password", "builder"));
        assertThat(location(loggedIn)).startsWith(base + "/oauth/authorize?");
        HttpResponse<String> again = browser.get(location(loggedIn));
        assertThat(location(again)).startsWith(base + "/oauth/consent?");
        HttpResponse<String> consent = browser.get(location(again));
        assertThat(consent.body()).contains("Read invoices (invoices:read)").contains("See your invoices");
        HttpResponse<String> approved = browser.submit(consent, Map.of("user_oauth_approval", "true"));
        HttpResponse<String> callback = browser.get(location(approved));
        assertThat(location(callback)).startsWith(CALLBACK + "?code=").endsWith("&state=xyz");

        HttpResponse<String> response = agent.exchange(location(callback).replaceAll(".*code=([^&]*).*", "$1"));
        assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
        JsonNode tokens = json(response);
        assertThat(tokens.path("token_type").asText()).isEqualTo("bearer");
        assertThat(tokens.path("scope").asText()).isEqualTo("openid invoices:read");
        assertThat(tokens.has("id_token")).isTrue();
        JsonNode access = claims(tokens.path("access_token").asText());
        assertThat(access.path("aud").asText()).isEqualTo(BILLING);
        assertThat(access.path("domain").asText()).isEqualTo("demo");
        assertThat(access.has("client_id")).isFalse();
        assertThat(access.path("gis").asText()).startsWith("default-idp-demo:");

        JsonNode introspected = agent.introspect(tokens.path("access_token").asText(), "billing-mcp", "s2");
        assertThat(introspected.path("active").asBoolean()).isTrue();
        assertThat(introspected.path("username").asText()).isEqualTo("bob");
        assertThat(introspected.path("client_id").asText()).isEqualTo(BILLING);

        JsonNode refreshed = json(agent.token(Map.of(
                "grant_type",
                "refresh_token",
                "refresh_token",
                tokens.path("refresh_token").asText())));
        assertThat(claims(refreshed.path("access_token").asText()).path("aud").asText())
                .isEqualTo(BILLING);
        assertThat(refreshed.path("refresh_token").asText())
                .isNotEqualTo(tokens.path("refresh_token").asText());
        HttpResponse<String> reused = agent.token(Map.of(
                "grant_type",
                "refresh_token",
                "refresh_token",
                tokens.path("refresh_token").asText()));
        assertThat(reused.statusCode()).isEqualTo(400);
        assertThat(json(reused).path("error").asText()).isEqualTo("invalid_grant");

        assertThat(agent.revoke(refreshed.path("refresh_token").asText()).statusCode())
                .isEqualTo(200);
        assertThat(agent.token(Map.of(
                                "grant_type",
                                "refresh_token",
                                "refresh_token",
                                refreshed.path("refresh_token").asText()))
                        .statusCode())
                .isEqualTo(400);
        assertThat(agent.revoke(tokens.path("access_token").asText()).statusCode())
                .as("a client cannot revoke its token for a resource")
                .isEqualTo(400);
    }

    @Test
    void asksForConsentOnceAndNotAtAllForAutomaticApproval() {
        agent.code(browser, "alice", "wonderland", "openid");
        assertThat(location(browser.get(agent.authorizeUrl("openid")))).startsWith(CALLBACK + "?code=");

        OAuthClient trusted = new OAuthClient(base, "trusted", "s3cret", CALLBACK);
        assertThat(location(browser.get(trusted.authorizeUrl("openid invoices:read", BILLING))))
                .startsWith(CALLBACK + "?code=");
    }

    @Test
    void denialGoesBackToTheClient() {
        HttpResponse<String> consent = consentPage("openid salaries:read", PAYROLL);
        HttpResponse<String> denied = browser.submit(consent, Map.of("user_oauth_approval", "false"));

        assertThat(location(browser.get(location(denied))))
                .startsWith(CALLBACK + "?error=access_denied&error_description=User+denied+access");
    }

    @Test
    void formsWithoutCsrfTokenGoBackToTheirPage() {
        HttpResponse<String> consent = consentPage("openid salaries:read", PAYROLL);
        HttpResponse<String> forged = browser.post(
                consent.uri().toString(),
                Map.of("user_oauth_approval", "true", "scope.salaries:read", "true", "scope.openid", "true"),
                null);

        assertThat(location(forged)).contains("/oauth/consent?").endsWith("&error=session_expired");
        assertThat(location(browser.get(agent.authorizeUrl("openid salaries:read", PAYROLL))))
                .contains("/oauth/consent?");
    }

    @Test
    void wrongPasswordStaysAtTheLoginPage() {
        HttpResponse<String> login = browser.get(location(browser.get(agent.authorizeUrl("openid"))));
        HttpResponse<String> failed = browser.submit(login, Map.of("username", "alice", "password", "wrong"));

        assertThat(location(failed)).contains("/login?").endsWith("&error=login_failed&error_code=invalid_user");
        HttpResponse<String> page = browser.get(location(failed));
        HttpResponse<String> right = browser.submit(page, Map.of("username", "alice", "password", "wonderland"));
        assertThat(location(right)).contains("/oauth/authorize?").doesNotContain("error");
    }

    @Test
    void toolScopeNeedsItsResource() {
        assertThat(agent.approve(browser, agent.authorizeUrl("invoices:read"), "alice", "wonderland"))
                .contains("error=invalid_scope&error_description=Invalid+scope%28s%29%3A+invoices%3Aread");
        assertThat(location(browser.get(agent.authorizeUrl("openid", "http://127.0.0.1:1/unknown"))))
                .contains("error=invalid_target");
        assertThat(location(browser.get(agent.authorizeUrl("invoices:read", "http://127.0.0.1:1/unknown"))))
                .contains("error=invalid_scope");
    }

    @Test
    void untrustedRedirectUrisAndClientsGetThePageForUsers() {
        HttpResponse<String> response = browser.get(
                base + "/oauth/authorize?response_type=code&client_id=agent&redirect_uri=http://evil.example/callback");

        assertThat(location(response)).startsWith(base + "/oauth/error?error=redirect_uri_mismatch");
        assertThat(browser.get(location(response)).statusCode()).isEqualTo(200);
        assertThat(location(browser.get(base + "/oauth/authorize?response_type=code&client_id=nobody")))
                .startsWith(base + "/oauth/error?error=invalid_request");
    }

    @Test
    void promptNoneAsksNobody() {
        assertThat(location(browser.get(agent.authorizeUrl("openid") + "&prompt=none")))
                .contains("error=login_required");
    }

    @Test
    void promptLoginAsksAgainOnce() {
        agent.code(browser, "alice", "wonderland", "openid");
        String url = agent.authorizeUrl("openid") + "&prompt=login";

        assertThat(location(browser.get(url))).contains("/login?");
        assertThat(agent.approve(browser, url, "alice", "wonderland")).startsWith(CALLBACK + "?code=");
    }

    @Test
    void codesAreForOneClientAndOneUse() {
        String code = agent.code(browser, "alice", "wonderland", "openid");
        HttpResponse<String> wrongVerifier = agent.token(Map.of(
                "grant_type",
                "authorization_code",
                "code",
                code,
                "redirect_uri",
                CALLBACK,
                "code_verifier",
                "wrong-wrong-wrong-wrong-wrong-wrong-wrong-wrong"));
        assertThat(json(wrongVerifier).path("error").asText()).isEqualTo("invalid_grant");
        assertThat(agent.exchange(code).statusCode()).as("burned").isEqualTo(400);
    }

    @Test
    void publicClientsNeedPkceAndNoSecret() {
        OAuthClient desktop = new OAuthClient(base, "desktop", null, CALLBACK);
        String withoutChallenge =
                desktop.authorizeUrl("openid").replaceAll("&code_challenge_method=S256&code_challenge=[^&]*", "");
        assertThat(location(browser.get(withoutChallenge))).contains("error=invalid_request");

        String code = desktop.code(browser, "alice", "wonderland", "openid");
        HttpResponse<String> tokens = new TestBrowser()
                .post(
                        base + "/oauth/token",
                        Map.of(
                                "grant_type",
                                "authorization_code",
                                "client_id",
                                "desktop",
                                "code",
                                code,
                                "redirect_uri",
                                CALLBACK,
                                "code_verifier",
                                OAuthClient.VERIFIER),
                        null);
        assertThat(tokens.statusCode()).isEqualTo(200);
    }

    @Test
    void tokenForTwoServersIsInactiveForBoth() {
        String code = agent.code(browser, "alice", "wonderland", "invoices:read salaries:read", BILLING, PAYROLL);
        String token = json(agent.exchange(code)).path("access_token").asText();

        assertThat(claims(token).path("aud").isArray()).isTrue();
        assertThat(agent.introspect(token, "billing-mcp", "s2").path("active").asBoolean())
                .isFalse();
        assertThat(agent.introspect(token, "payroll-mcp", "s3").path("active").asBoolean())
                .isFalse();
    }

    @Test
    void anotherServersTokenIsInactive() {
        String code = agent.code(browser, "alice", "wonderland", "invoices:read", BILLING);
        String token = json(agent.exchange(code)).path("access_token").asText();

        assertThat(agent.introspect(token, "payroll-mcp", "s3").toString()).isEqualTo("{\"active\":false}");
        assertThat(agent.introspect("garbage", "payroll-mcp", "s3").toString()).isEqualTo("{\"active\":false}");
    }

    @Test
    void tokenRequestMayNotWidenItsResources() {
        String code = agent.code(browser, "alice", "wonderland", "invoices:read", BILLING);

        assertThat(json(agent.exchange(code, PAYROLL)).path("error").asText()).isEqualTo("invalid_target");
    }

    @Test
    void clientCredentialsAreForApplicationsOnly() {
        HttpResponse<String> ofApplication =
                agent.token(Map.of("grant_type", "client_credentials", "scope", "invoices:read", "resource", BILLING));
        JsonNode access = claims(json(ofApplication).path("access_token").asText());
        assertThat(access.path("sub").asText()).isEqualTo("agent");
        assertThat(access.has("gis")).isFalse();

        OAuthClient server = new OAuthClient(base, "billing-mcp", "s2", CALLBACK);
        HttpResponse<String> ofServer = server.token(Map.of("grant_type", "client_credentials"));
        assertThat(ofServer.statusCode()).isEqualTo(400);
        assertThat(json(ofServer).path("error").asText()).isEqualTo("unauthorized_client");
    }

    @Test
    void challengesOnlyTheClientThatItKnows() {
        HttpResponse<String> wrongSecret =
                new OAuthClient(base, "agent", "wrong", CALLBACK).token(Map.of("grant_type", "client_credentials"));
        assertThat(wrongSecret.statusCode()).isEqualTo(401);
        assertThat(wrongSecret.headers().firstValue("WWW-Authenticate")).contains("Basic realm=\"gravitee-io\"");
        HttpResponse<String> unknown =
                new OAuthClient(base, "nobody", "wrong", CALLBACK).token(Map.of("grant_type", "client_credentials"));
        assertThat(unknown.statusCode()).isEqualTo(401);
        assertThat(unknown.headers().firstValue("WWW-Authenticate")).isEmpty();
    }

    @Test
    void introspectionTakesFormsOnly() {
        HttpRequest jsonBody = HttpRequest.newBuilder(URI.create(base + "/oauth/introspect"))
                .header("Content-Type", "application/json")
                .header("Authorization", OAuthClient.basic("billing-mcp", "s2"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"token\":\"x\"}"))
                .build();
        assertThat(browser.send(jsonBody).statusCode()).isEqualTo(404);
        assertThat(browser.get(base + "/oauth/introspect").statusCode()).isEqualTo(404);
        assertThat(browser.post(
                                base + "/oauth/introspect",
                                Map.of("other", "x"),
                                OAuthClient.basic("billing-mcp", "s2"))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void case28_domainsShareNothing() {
        String other = sandbox.gateway() + "/other";
        OAuthClient otherAgent = new OAuthClient(other, "agent", "s3cret", CALLBACK);
        String token = json(otherAgent.exchange(otherAgent.code(browser, "alice", "wonderland", "openid")))
                .path("access_token")
                .asText();

        assertThat(agent.introspect(token, "agent", "s3cret").path("active").asBoolean())
                .isFalse();
        HttpRequest userInfo = HttpRequest.newBuilder(URI.create(base + "/oidc/userinfo"))
                .header("Authorization", "Bearer " + token)
                .build();
        HttpResponse<String> refused = browser.send(userInfo);
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).isEmpty();
        assertThat(refused.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"gravitee-io\"");
    }

    @Test
    void bothNodesServeTheirHealth() {
        assertThat(browser.get(sandbox.gateway() + "/_node/health").statusCode())
                .isEqualTo(200);
        assertThat(browser.get(sandbox.management() + "/_node/health").statusCode())
                .isEqualTo(200);
    }

    @Test
    void bothNodesServeTheirMetrics() {
        assertThat(browser.get(sandbox.gateway() + "/_node/metrics/prometheus").body())
                .contains("vertx_http_server");
        assertThat(browser.get(sandbox.management() + "/_node/metrics/prometheus")
                        .statusCode())
                .isEqualTo(200);
    }

    private HttpResponse<String> consentPage(String scope, String resource) {
        HttpResponse<String> login = browser.get(location(browser.get(agent.authorizeUrl(scope, resource))));
        HttpResponse<String> loggedIn = browser.submit(login, Map.of("username", "carol", "password", "singer"));
        return browser.get(location(browser.get(location(loggedIn))));
    }
}
