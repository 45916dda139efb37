package io.mcpaccess.sandbox;

import static io.mcpaccess.sandbox.OAuthClient.json;
import static io.mcpaccess.sandbox.TestBrowser.location;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.sandbox.AmctlProcess.Result;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code amctl protect}: a domain without anything becomes one whose consent page names tools, and is as before after an undo. */
@Timeout(180)
class AmctlProtectIT {
    private static final String BILLING = "http://127.0.0.1:9100/mcp";
    private static final String CALLBACK = "http://127.0.0.1:9999/callback";

    @TempDir
    Path folder;

    private SandboxServer sandbox;
    private ManagementClient admin;
    private AmctlProcess amctl;

    @BeforeEach
    void start() throws Exception {
        Files.writeString(folder.resolve("store.fga.yaml"), """
                model: |
                  model
                    schema 1.1
                  type user
                  type tool
                    relations
                      define can_call: [user]
                tuples:
                  - {user: "user:alice", relation: can_call, object: "tool:list_invoices"}
                """);
        Files.writeString(folder.resolve("own.html"), "<html><body>ours</body></html>");
        sandbox =
                SandboxServer.start(Path.of(System.getProperty("repository.root")), folder.resolve("sandbox.yml"), """
                gateway: {port: 0}
                management: {port: 0}
                managementUsers:
                  - {username: flows, password: p, permissions: [DOMAIN, DOMAIN_AUTHORIZATION_ENGINE, DOMAIN_FLOW, APPLICATION, "DOMAIN_FORM[READ]"]}
                  - {username: names, password: p, permissions: [DOMAIN, DOMAIN_AUTHORIZATION_ENGINE, "DOMAIN_FLOW[LIST]", "DOMAIN_FLOW[UPDATE]", APPLICATION, DOMAIN_FORM]}
                domains:
                  - id: demo
                    oidc: {clientRegistrationSettings: {isDynamicClientRegistrationEnabled: true, isOpenDynamicClientRegistrationEnabled: true}}
                    users: [{username: alice, password: wonderland}]
                    scopes: [{key: "invoices:read", name: Read invoices, description: See your invoices}]
                    applications:
                      - {clientId: agent, clientSecret: s3cret, redirectUris: ["http://127.0.0.1:9999/callback"], scopes: [openid]}
                      - {clientId: legacy, name: Old portal, clientSecret: s, flowsInherited: false}
                      - {clientId: off, clientSecret: s, flowsInherited: false, enabled: false}
                    protectedResources:
                      - {name: billing, clientId: billing-mcp, clientSecret: s2, resourceIdentifiers: ["http://127.0.0.1:9100/mcp"],
                         features: [{key: list_invoices, description: List all invoices, scopes: ["invoices:read"]}]}
                  - id: busy
                    forms: {oauth2_user_consent: own.html}
                    redirectUris: {allowLocalhost: true}
                    authorizationEngine: {type: openfga, name: engine, configuration: {mode: embedded, storeFile: store.fga.yaml}}
                    flows:
                      - {extensionPoint: PRE_TOKEN, policy: mcp-tool-access, name: by hand, configuration: {mode: narrow}}
                      - {extensionPoint: POST_TOKEN, policy: mcp-tool-access, name: nothing, configuration: {}}
                """);
        admin = new ManagementClient(sandbox.management(), "admin", "adminadmin");
        amctl = new AmctlProcess(folder)
                .with("AMCTL_URL", sandbox.management() + "/management")
                .with("AMCTL_USERNAME", "admin")
                .with("AMCTL_PASSWORD", "adminadmin");
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void protectMakesTheConsentPageNameToolsAndUndoLeavesNoTrace() {
        String before = state("demo");

        Result plan = amctl.run("protect", "demo", "--embedded", "store.fga.yaml", "--loopback");
        assertThat(plan.code()).as(plan.err()).isEqualTo(0);
        assertThat(plan.out())
                .contains("A plan: nothing was changed", "legacy (Old portal)")
                .doesNotContain("off (");
        assertThat(state("demo")).isEqualTo(before);
        assertThat(consentPage()).doesNotContain("list_invoices");
        assertThat(registerDesktopClient()).isEqualTo(400);

        Result done = amctl.run("protect", "demo", "--embedded", "store.fga.yaml", "--loopback", "--apply");
        assertThat(done.code()).as(done.err()).isEqualTo(0);
        assertThat(done.out()).contains("Done.", "added     consent form", "added     engine");
        assertThat(state("demo")).contains("\"allowLocalhostRedirectUri\":true", "\"allowHttpSchemeRedirectUri\":true");
        assertThat(registerDesktopClient()).isEqualTo(201);
        eventually(() -> consentPage().contains("list_invoices"));
        assertThat(consentPage()).contains("List all invoices");
        OAuthClient agent = new OAuthClient(sandbox.gateway() + "/demo", "agent", "s3cret", CALLBACK);
        String code = agent.code(new TestBrowser(), "alice", "wonderland", "openid invoices:read", BILLING);
        JsonNode token = json(agent.exchange(code, BILLING));
        assertThat(token.path("scope").asText()).isEqualTo("openid invoices:read");

        Result again = amctl.run("protect", "demo", "--embedded", "store.fga.yaml", "--loopback", "--apply");
        assertThat(again.code()).as(again.err()).isEqualTo(0);
        assertThat(again.out()).contains("Nothing to do.");

        Result undoPlan = amctl.run("protect", "demo", "--undo");
        assertThat(undoPlan.out())
                .contains("removed   engine", "removed   consent form", "A plan: nothing was changed");
        Result undone = amctl.run("protect", "demo", "--undo", "--apply", "--json");
        assertThat(undone.code()).as(undone.err()).isEqualTo(0);
        assertThat(undone.json().path("applied").asBoolean()).isTrue();
        assertThat(state("demo")).isEqualTo(before);
        assertThat(amctl.run("protect", "demo", "--undo", "--apply").out()).contains("Nothing to do.");
    }

    @Test
    void whatStandsAroundItIsLeftAlone() {
        String before = state("busy");
        Result refused = amctl.run("protect", "busy", "--apply");
        assertThat(refused.code()).as(refused.err()).isEqualTo(3);
        assertThat(refused.out()).contains("refused   consent form", "Nothing was changed");
        assertThat(state("busy")).isEqualTo(before);

        Result done = amctl.run("protect", "busy", "--apply", "--keep-form", "--loopback");
        assertThat(done.code()).as(done.err()).isEqualTo(0);
        assertThat(done.out())
                .contains(
                        "unchanged policy mcp-tool-access in the flow TOKEN, pre",
                        "added     policy mcp-tool-access in the flow CONSENT, post",
                        "unchanged switch allowLocalhostRedirectUri",
                        "changed   switch allowHttpSchemeRedirectUri",
                        "kept      consent form");

        Result undone = amctl.run("protect", "busy", "--undo", "--apply");

        assertThat(undone.code()).as(undone.err()).isEqualTo(0);
        assertThat(state("busy")).isEqualTo(before);
    }

    @Test
    void undoTakesItsOwnOutOfFlowsThatSomebodyEdited() {
        assertThat(amctl.run("protect", "demo", "--embedded", "store.fga.yaml", "--apply")
                        .code())
                .isEqualTo(0);
        ArrayNode flows = (ArrayNode) json(admin.get(ManagementClient.domain("demo") + "/flows"));
        ObjectNode consent = null;
        for (JsonNode flow : flows) {
            if ("MCP access control".equals(flow.path("name").asText())
                    && "consent".equals(flow.path("type").asText())) {
                consent = (ObjectNode) flow;
            }
        }
        ((ArrayNode) consent.path("pre"))
                .insertObject(0)
                .put("name", "mine")
                .put("policy", "mcp-tool-access")
                .put("configuration", "{}")
                .put("enabled", true);
        HttpResponse<String> saved = admin.call("PUT", ManagementClient.domain("demo") + "/flows", flows.toString());
        assertThat(saved.statusCode()).as(saved.body()).isEqualTo(200);
        String form = ManagementClient.domain("demo") + "/forms";
        JsonNode page = json(admin.get(form + "?template=OAUTH2_USER_CONSENT"));
        ObjectNode edited = ((ObjectNode) page.deepCopy())
                .put("content", page.path("content").asText().replace("<body", "<!-- mine --><body"));
        assertThat(admin.call("PUT", form + "/" + page.path("id").asText(), edited.toString())
                        .statusCode())
                .isEqualTo(200);

        Result undone = amctl.run("protect", "demo", "--undo", "--apply");

        assertThat(undone.code()).as(undone.err()).isEqualTo(0);
        assertThat(undone.out()).contains("kept      flow MCP access control", "kept      consent form");
        JsonNode left = json(admin.get(ManagementClient.domain("demo") + "/flows"));
        assertThat(left.findValuesAsText("policy")).containsExactly("mcp-tool-access");
        assertThat(left.toString()).contains("\"mine\"").doesNotContain("amctl");
        assertThat(json(admin.get(form + "?template=OAUTH2_USER_CONSENT"))
                        .path("content")
                        .asText())
                .contains("<!-- mine -->");
        assertThat(json(admin.get(ManagementClient.domain("demo") + "/authorization-engines")))
                .isEmpty();
    }

    @Test
    void withoutAnEngineNothingIsDone() {
        String before = state("demo");

        Result result = amctl.run("protect", "demo", "--apply", "--json");

        assertThat(result.code()).as(result.err()).isEqualTo(3);
        assertThat(result.json().path("applied").asBoolean(true)).isFalse();
        assertThat(result.out()).contains("--embedded");
        assertThat(state("demo")).isEqualTo(before);
    }

    @Test
    void aMissingRightInBetweenSaysWhatWasDoneAndUndoWorks() {
        String before = state("demo");
        AmctlProcess flowsOnly = amctl.with("AMCTL_USERNAME", "flows").with("AMCTL_PASSWORD", "p");

        Result half = flowsOnly.run("protect", "demo", "--embedded", "store.fga.yaml", "--apply");
        assertThat(half.code()).as(half.err()).isEqualTo(7);
        assertThat(half.err()).contains("after 1 of 2 steps", "Repeat the call to finish");
        Result finished = amctl.run("protect", "demo", "--apply");
        assertThat(finished.out()).contains("added     consent form", "Done.");
        Result undone = amctl.run("protect", "demo", "--undo", "--apply");

        assertThat(undone.code()).as(undone.err()).isEqualTo(0);
        assertThat(state("demo")).isEqualTo(before);
    }

    @Test
    void whoSeesTheNamesOfFlowsAloneDoesNotWipeThem() {
        String before = state("busy");

        Result result = amctl.with("AMCTL_USERNAME", "names")
                .with("AMCTL_PASSWORD", "p")
                .run("protect", "busy", "--keep-form", "--apply");

        assertThat(result.code()).as(result.err()).isEqualTo(7);
        assertThat(result.err()).contains("DOMAIN_FLOW[READ]");
        assertThat(state("busy")).isEqualTo(before);
    }

    /** All that protect may touch, as AM shows it; AM stamps a flow that it is sent, changed or not. */
    private String state(String domain) {
        String path = ManagementClient.domain(domain);
        return String.join(
                        "\n",
                        admin.get(path).body(),
                        admin.get(path + "/flows").body(),
                        admin.get(path + "/forms?template=OAUTH2_USER_CONSENT").body(),
                        admin.get(path + "/authorization-engines").body())
                .replaceAll("\"updatedAt\":[0-9]+", "\"updatedAt\":0");
    }

    /** What a desktop client does first (RFC 7591); AM refuses its redirect URI until the switches are on. */
    private int registerDesktopClient() {
        HttpRequest request = HttpRequest.newBuilder(URI.create(sandbox.gateway() + "/demo/oidc/register"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"redirect_uris\":[\"http://127.0.0.1:9998/callback\"]}"))
                .build();
        return new TestBrowser().send(request).statusCode();
    }

    private String consentPage() {
        TestBrowser browser = new TestBrowser();
        OAuthClient agent = new OAuthClient(sandbox.gateway() + "/demo", "agent", "s3cret", CALLBACK);
        HttpResponse<String> page = browser.get(agent.authorizeUrl("openid invoices:read", BILLING));
        HttpResponse<String> login = browser.get(location(page));
        HttpResponse<String> in = browser.submit(login, Map.of("username", "alice", "password", "wonderland"));
        HttpResponse<String> authorize = browser.get(location(in));
        return browser.get(location(authorize)).body();
    }

    private static void eventually(BooleanSupplier condition) {
        await().atMost(Duration.ofSeconds(60)).until(condition::getAsBoolean);
    }
}
