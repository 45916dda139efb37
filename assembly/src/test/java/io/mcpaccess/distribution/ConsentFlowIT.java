package io.mcpaccess.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The three ZIPs, the consent form and the sample model together in the sandbox: what a user is asked, and what scopes
 * the token has, as permissions and tools change.
 */
class ConsentFlowIT {

    private static final String CONFIG = """
            gateway: {host: 127.0.0.1, port: 0}
            management: {host: 127.0.0.1, port: 0}
            domains:
              - id: demo
                users: [{username: alice, password: wonderland}]
                scopes:
                  - {key: "invoices:read", name: Read invoices, description: See your invoices}
                  - {key: "invoices:write", name: Write invoices, description: Change your invoices}
                applications:
                  - {clientId: agent, clientSecret: s3cret, redirectUris: ["http://127.0.0.1:9999/callback"],
                     grantTypes: [authorization_code, refresh_token], scopes: [openid]}
                  - {clientId: trusted, clientSecret: s3cret, redirectUris: ["http://127.0.0.1:9999/callback"],
                     grantTypes: [authorization_code, refresh_token], scopes: [openid], autoApproveScopes: ["true"]}
                protectedResources:
                  - {name: Billing, clientId: billing, clientSecret: s2, resourceIdentifiers: ["http://127.0.0.1:9100/mcp"],
                     features: [{type: MCP_TOOL, key: list_invoices, description: "Lists <b>invoices</b>", scopes: ["invoices:read"]},
                                {type: MCP_TOOL, key: refund_invoice, description: Refunds, scopes: ["invoices:write"]}]}
                authorizationEngine: {type: openfga, name: engine, configuration: {mode: embedded, storeFile: store.fga.yaml}}
                flows:
                  - {extensionPoint: PRE_TOKEN, policy: mcp-tool-access, configuration: {mode: narrow}}
                  - {extensionPoint: PRE_CONSENT, policy: mcp-tool-access, configuration: {mode: narrow}}
                  - {extensionPoint: POST_CONSENT, policy: mcp-tool-access, configuration: {mode: narrow}}
                forms: {oauth2_user_consent: consent-form.html}
            """;

    @TempDir
    Path directory;

    private SandboxProcess sandbox;
    private OAuthUser agent;

    @BeforeEach
    void start() throws Exception {
        Path bundle = Repository.root().resolve("assembly/bundle");
        Files.copy(bundle.resolve("model/store.fga.yaml"), directory.resolve("store.fga.yaml"));
        Files.copy(bundle.resolve("consent-form.html"), directory.resolve("consent-form.html"));
        sandbox = SandboxProcess.start(Files.writeString(directory.resolve("sandbox.yml"), CONFIG));
        agent = new OAuthUser(sandbox.gateway() + "/demo", "agent");
    }

    @AfterEach
    void stop() throws Exception {
        sandbox.close();
    }

    @Test
    void theUserIsAskedOnceAndScopesWithoutPermissionAreLeftOut() throws Exception {
        OAuthUser.Authorization refused = agent.authorize("invoices:read invoices:write openid", false);
        assertThat(refused.parameter("error")).isEqualTo("access_denied");
        assertThat(refused.consentPage())
                .contains(
                        "list_invoices", "refund_invoice", "Billing", "Lists &lt;b&gt;invoices&lt;/b&gt;", "127.0.0.1")
                .doesNotContain("New since");

        String tokens = agent.signIn("invoices:read invoices:write openid");
        assertThat(scopes(tokens)).containsExactlyInAnyOrder("invoices:read", "openid");
        assertThat(agent.authorize("invoices:read openid", true).consentPage()).isEmpty();

        JsonNode audits = Json.read(sandbox.audits());
        assertThat(audits).hasSize(1);
        assertThat(audits.toString())
                .contains("billing/refund_invoice", "permission_denied", "narrowed", "alice")
                .doesNotContain(Json.text(tokens, "access_token"), "s3cret");
    }

    @Test
    void aScopeThatGainedAToolIsAskedForAgain() throws Exception {
        String tokens = agent.signIn("invoices:read openid");
        OAuthUser trusted = new OAuthUser(sandbox.gateway() + "/demo", "trusted");
        String trustedTokens = trusted.signIn("invoices:read openid");
        assertThat(scopes(trustedTokens)).contains("invoices:read");

        addTool("export_invoices", "invoices:read");
        String refreshed = until(agent.refresh(tokens), each -> !scopes(each).contains("invoices:read"));

        assertThat(scopes(refreshed)).containsExactly("openid");
        assertThat(scopes(trusted.refresh(trustedTokens)))
                .as("approves by itself")
                .contains("invoices:read");
        OAuthUser.Authorization refused = agent.authorize("invoices:read openid", false);
        assertThat(Jsoup.parse(refused.consentPage())
                        .select("li:has(.new) .key")
                        .first()
                        .text())
                .isEqualTo("export_invoices");
        assertThat(refused.consentPage()).containsOnlyOnce("New since you last allowed this");
        assertThat(refused.parameter("error")).isEqualTo("access_denied");

        String again = agent.signIn("invoices:read openid");
        assertThat(scopes(again)).contains("invoices:read");
        assertThat(scopes(agent.refresh(again))).contains("invoices:read");
    }

    @Test
    void case08_aRefreshLooksAtThePermissionAnew() throws Exception {
        String tokens = agent.signIn("invoices:read openid");
        assertThat(scopes(tokens)).contains("invoices:read");
        String engine = Json.read(sandbox.manage("GET", "/authorization-engines", null))
                .get(0)
                .get("id")
                .asText();

        sandbox.manage(
                "DELETE",
                "/authorization-engines/" + engine + "/settings/tuples",
                "{\"user\":\"user:alice\",\"relation\":\"assignee\",\"object\":\"role:accountant\"}");
        String refreshed = until(agent.refresh(tokens), each -> !scopes(each).contains("invoices:read"));

        assertThat(scopes(refreshed)).containsExactly("openid");
    }

    @Test
    void withoutAnEngineNoToolScopeIsGranted() throws Exception {
        String tokens = agent.signIn("invoices:read openid");
        String engine = Json.read(sandbox.manage("GET", "/authorization-engines", null))
                .get(0)
                .get("id")
                .asText();

        sandbox.manage("DELETE", "/authorization-engines/" + engine, null);
        String refused = until(agent.refresh(tokens), each -> each.contains("error"));

        assertThat(Json.text(refused, "error")).isEqualTo("invalid_grant");
        assertThat(Json.text(refused, "error_description")).doesNotContainIgnoringCase("engine");
    }

    private void addTool(String key, String scope) throws Exception {
        JsonNode server = Json.read(sandbox.manage("GET", "/protected-resources?type=MCP_SERVER&page=0&size=10", null))
                .get("data")
                .get(0);
        ArrayNode features = (ArrayNode) server.get("features");
        for (JsonNode feature : features) {
            ((ObjectNode) feature).put("type", "MCP_TOOL");
        }
        ObjectNode tool = features.addObject();
        tool.put("type", "MCP_TOOL").put("key", key).put("description", "Added later");
        tool.putArray("scopes").add(scope);
        sandbox.manage("PATCH", "/protected-resources/" + server.get("id").asText(), "{\"features\":" + features + "}");
    }

    /** Gateways hear of a change within seconds; each refresh gives the next tokens. */
    private String until(String tokens, Predicate<String> done) throws Exception {
        String latest = tokens;
        for (int i = 0; i < 50; i++) {
            if (done.test(latest)) {
                return latest;
            }
            Thread.sleep(200);
            latest = agent.refresh(latest);
        }
        return fail("nothing changed: " + Json.text(latest, "scope"));
    }

    private static List<String> scopes(String tokens) {
        return Arrays.asList(Json.text(tokens, "scope").split(" "));
    }
}
