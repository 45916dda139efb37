package io.mcpaccess.sandbox;

import static io.mcpaccess.sandbox.OAuthClient.basic;
import static io.mcpaccess.sandbox.OAuthClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpaccess.sandbox.authzen.RealOpenFga;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two domains with the same users, tools, client ids and resource identifiers, on one OpenFGA with a store each and one key
 * of paging tokens: nothing of one is good in the other.
 */
class TenancyIT {
    private static final String BILLING = "http://127.0.0.1:9100/mcp";
    private static final String STORE = """
            model: |
              model
                schema 1.1
              type user
              type tool
                relations
                  define can_call: [user]
            tuples:
              - {user: "user:%1$s", relation: can_call, object: "tool:list_invoices"}
              - {user: "user:%1$s", relation: can_call, object: "tool:refund"}
              - {user: "user:%1$s", relation: can_call, object: "tool:export"}
            """;
    private static RealOpenFga openFga;
    private static SandboxServer sandbox;

    private final TestBrowser machine = new TestBrowser();

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        openFga = RealOpenFga.startOrSkip();
        String yaml = """
                gateway: {port: 0}
                management: {port: 0}
                settings:
                  mcp:
                    authzen: {rateLimit: {requestsPerSecond: 1, burst: 100}}
                    search: {pagingKey: MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=}
                domains:
                """ + domain("left", "alice", "invoices:read") + domain("right", "bob", "invoices:write");
        sandbox = SandboxServer.start(
                Path.of(System.getProperty("repository.root")), folder.resolve("sandbox.yml"), yaml);
    }

    /** Both are alike but for secrets, who holds the permissions, and which scope the tools need. */
    private static String domain(String id, String holder, String scope) throws Exception {
        RealOpenFga.Store store = openFga.store(STORE.formatted(holder));
        return """
                  - id: %1$s
                    users:
                      - {username: alice, password: wonderland}
                      - {username: bob, password: builder}
                    scopes:
                      - {key: "invoices:read", name: Read invoices, description: See your invoices}
                      - {key: "invoices:write", name: Write invoices, description: Change your invoices}
                    applications:
                      - {clientId: agent, clientSecret: %1$s, redirectUris: ["http://127.0.0.1:9999/callback"],
                         grantTypes: [authorization_code, client_credentials], scopes: [openid]}
                      - {clientId: eager, clientSecret: %1$s, grantTypes: [client_credentials]}
                    protectedResources:
                      - {name: billing, clientId: billing-mcp, clientSecret: %1$s, resourceIdentifiers: ["http://127.0.0.1:9100/mcp"],
                         features: [{type: MCP_TOOL, key: list_invoices, description: List, scopes: ["%2$s"]},
                                    {type: MCP_TOOL, key: refund, description: Refund, scopes: []},
                                    {type: MCP_TOOL, key: export, description: Export, scopes: []}]}
                    authorizationEngine:
                      type: openfga
                      name: engine
                      configuration: {mode: server, connectionUri: "%3$s", storeId: %4$s, cacheAllowSeconds: 60, cacheDenySeconds: 60,
                                      connectTimeoutMillis: 3000, readTimeoutMillis: 5000, deadlineMillis: 5000}
                """.formatted(id, scope, openFga.url(), store.id());
    }

    @AfterAll
    static void stop() {
        if (sandbox != null) {
            sandbox.close();
        }
        if (openFga != null) {
            openFga.close();
        }
    }

    @Test
    void case28_aUsersTokenOfOneDomainIsInactiveInTheOther() {
        String left = token("left", "alice", "wonderland", "openid invoices:read");

        assertThat(reason(ask("left", "billing-mcp", "/evaluation", question("alice", "list_invoices", left))))
                .isEqualTo("permitted");
        for (String caller : new String[] {"billing-mcp", "agent"}) {
            assertThat(reason(ask("right", caller, "/evaluation", question("alice", "list_invoices", left))))
                    .isEqualTo("token_inactive");
        }
    }

    @Test
    void aClientsTokenOfOneDomainAuthenticatesNobodyInTheOther() {
        String left = json(client("left").token(Map.of("grant_type", "client_credentials")))
                .path("access_token")
                .asText();

        assertThat(send("left", "Bearer " + left, "/evaluation", question("alice", "refund", null))
                        .statusCode())
                .isEqualTo(200);
        assertThat(send("right", "Bearer " + left, "/evaluation", question("alice", "refund", null))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void aSecretThatOneDomainHasJustVerifiedIsWrongInTheOther() {
        for (String caller : new String[] {"billing-mcp", "agent"}) {
            assertThat(send("left", basic(caller, "left"), "/evaluation", question("alice", "refund", null))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(send("right", basic(caller, "left"), "/evaluation", question("alice", "refund", null))
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void case28_eachEngineAnswersFromItsOwnStore() {
        assertThat(reason(ask("left", "agent", "/evaluation", question("alice", "refund", null))))
                .isEqualTo("permitted");
        assertThat(reason(ask("left", "agent", "/evaluation", question("bob", "refund", null))))
                .isEqualTo("permission_denied");
        assertThat(reason(ask("right", "agent", "/evaluation", question("alice", "refund", null))))
                .isEqualTo("permission_denied");
        assertThat(reason(ask("right", "agent", "/evaluation", question("bob", "refund", null))))
                .isEqualTo("permitted");
    }

    @Test
    void aToolNeedsTheScopesOfItsOwnDomain() {
        assertThat(reason(ask(
                        "left",
                        "billing-mcp",
                        "/evaluation",
                        question(
                                "alice",
                                "list_invoices",
                                token("left", "alice", "wonderland", "openid invoices:read")))))
                .isEqualTo("permitted");
        assertThat(reason(ask(
                        "right",
                        "billing-mcp",
                        "/evaluation",
                        question("bob", "list_invoices", token("right", "bob", "builder", "openid")))))
                .isEqualTo("scope_missing");
    }

    @Test
    void case28_whatOneDomainsCacheRemembersTheOtherDoesNotKnow() {
        String question = question("alice", "export", null);
        ask("left", "agent", "/evaluation", question);
        JsonNode remembered = json(ask("left", "agent", "/evaluation", question));
        assertThat(remembered.path("decision").asBoolean()).isTrue();
        assertThat(remembered.at("/context/remembered").asBoolean())
                .as("the cache is on")
                .isTrue();

        JsonNode first = json(ask("right", "agent", "/evaluation", question));
        assertThat(first.path("decision").asBoolean(true)).isFalse();
        assertThat(first.at("/context").has("remembered")).isFalse();
        JsonNode second = json(ask("right", "agent", "/evaluation", question));
        assertThat(second.at("/context/remembered").asBoolean()).isTrue();
        assertThat(second.path("decision").asBoolean(true)).isFalse();
        assertThat(json(ask("left", "agent", "/evaluation", question))
                        .path("decision")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void aDecisionIsAuditedInItsOwnDomainAlone() {
        int left = audits("left").size();
        int right = audits("right").size();

        ask("left", "billing-mcp", "/evaluation", question("alice", "refund", null));

        assertThat(audits("left")).hasSize(left + 1);
        assertThat(audits("left").get(left).path("domain").asText()).isEqualTo("left");
        assertThat(audits("right")).hasSize(right);
    }

    @Test
    void aSearchFindsWhatItsOwnDomainHas() {
        String who = question("ignored", "refund", null);

        assertThat(json(ask("left", "agent", "/search/subject", who))
                        .at("/results")
                        .findValuesAsText("id"))
                .containsExactly("alice");
        assertThat(json(ask("right", "agent", "/search/subject", who))
                        .at("/results")
                        .findValuesAsText("id"))
                .containsExactly("bob");
    }

    @Test
    void aPagingTokenOfOneDomainIsNoneInTheOther() {
        String search = "{\"subject\":{\"type\":\"user\",\"id\":\"alice\"},\"action\":{\"name\":\"can_call\"},"
                + "\"resource\":{\"type\":\"tool\"},\"page\":{%s}}";
        JsonNode first = json(ask("left", "agent", "/search/resource", search.formatted("\"limit\":1")));
        String next = "\"token\":\"" + first.at("/page/next_token").asText() + "\"";
        assertThat(first.path("results").findValuesAsText("id")).containsExactly("export");

        HttpResponse<String> other = ask("right", "agent", "/search/resource", search.formatted(next));
        assertThat(other.statusCode()).isEqualTo(400);
        assertThat(other.body()).contains("page.token");
        assertThat(json(ask("left", "agent", "/search/resource", search.formatted(next)))
                        .path("results")
                        .findValuesAsText("id"))
                .containsExactly("list_invoices");
    }

    @Test
    void aCallerThatIsTooFastInOneDomainIsNotInTheOther() {
        String question = question("alice", "refund", null);
        int status = 200;
        for (int i = 0; i < 2000 && status != 429; i++) {
            status = ask("left", "eager", "/evaluation", question).statusCode();
        }

        assertThat(status).isEqualTo(429);
        assertThat(ask("right", "eager", "/evaluation", question).statusCode()).isEqualTo(200);
    }

    private JsonNode audits(String domain) {
        return json(machine.get(sandbox.management() + "/sandbox/audits?type=PERMISSION_EVALUATED&domain=" + domain));
    }

    private static String reason(HttpResponse<String> response) {
        return json(response).at("/context/reason_code").asText();
    }

    /** Asks with the domain's own secret, which is its name. */
    private HttpResponse<String> ask(String domain, String client, String path, String body) {
        return send(domain, basic(client, domain), path, body);
    }

    private HttpResponse<String> send(String domain, String authorization, String path, String body) {
        return machine.send(HttpRequest.newBuilder(URI.create(sandbox.gateway() + "/" + domain + "/access/v1" + path))
                .header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private static String question(String user, String tool, String token) {
        return "{\"subject\":{\"type\":\"user\",\"id\":\"" + user + "\"},\"action\":{\"name\":\"can_call\"},"
                + "\"resource\":{\"type\":\"tool\",\"id\":\"" + tool + "\"}"
                + (token == null ? "" : ",\"context\":{\"access_token\":\"" + token + "\"}") + "}";
    }

    private static OAuthClient client(String domain) {
        return new OAuthClient(sandbox.gateway() + "/" + domain, "agent", domain, "http://127.0.0.1:9999/callback");
    }

    private static String token(String domain, String username, String password, String scope) {
        OAuthClient agent = client(domain);
        String code = agent.code(new TestBrowser(), username, password, scope, BILLING);
        return json(agent.exchange(code)).path("access_token").asText();
    }
}
