package io.mcpaccess.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.distribution.OAuthUser.Authorization;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A scope that gains a tool, through the whole flow with the shipped ZIPs: page, tokens, and the question that the MCP server
 * asks at the call.
 */
class ReconsentFlowIT {

    private static final String SCOPE = "invoices:read";
    private static final int MANY = 300;

    /** One domain a test: each begins with the same tools and nothing approved. */
    private static final int DOMAINS = 12;

    private static final AtomicInteger NEXT = new AtomicInteger();

    private static final String CONFIG = """
            gateway: {host: 127.0.0.1, port: 0}
            management: {host: 127.0.0.1, port: 0}
            domains:
            """;

    private static final String DOMAIN = """
              - id: DOMAIN
                users: [{username: alice, password: wonderland}]
                scopes:
                  - {key: "invoices:read", name: Read invoices}
                  - {key: "invoices:export", name: Export invoices}
                  - {key: "reports:read", name: Read reports}
                applications:
                  - {clientId: agent, clientSecret: s3cret, redirectUris: ["http://127.0.0.1:9999/callback"],
                     grantTypes: [authorization_code, refresh_token], scopes: [openid]}
                  - {clientId: trusted, clientSecret: s3cret, redirectUris: ["http://127.0.0.1:9999/callback"],
                     grantTypes: [authorization_code, refresh_token], scopes: [openid], autoApproveScopes: ["true"]}
                  - {clientId: second, clientSecret: s3cret, redirectUris: ["http://127.0.0.1:9999/callback"],
                     grantTypes: [authorization_code, refresh_token], scopes: [openid]}
                approvals: [{username: alice, clientId: agent, scopes: ["reports:read", openid]}]
                protectedResources:
                  - {name: Billing, clientId: billing, clientSecret: s2, resourceIdentifiers: ["http://127.0.0.1:9100/mcp"],
                     features: [{type: MCP_TOOL, key: list_invoices, description: Lists invoices, scopes: ["invoices:read"]},
                                {type: MCP_TOOL, key: show_invoice, description: Shows one, scopes: ["invoices:read"]},
                                {type: MCP_TOOL, key: new_tool, description: Exports all, scopes: ["invoices:export"]}
                                REPORTS]}
                authorizationEngine: {type: openfga, name: engine, configuration: {mode: embedded, storeFile: DOMAIN.fga.yaml}}
                flows:
                  - {extensionPoint: PRE_TOKEN, policy: mcp-tool-access, configuration: {mode: observe}}
                  - {extensionPoint: PRE_CONSENT, policy: mcp-tool-access}
                  - {extensionPoint: POST_CONSENT, policy: mcp-tool-access}
                forms: {oauth2_user_consent: consent-form.html}
            """;

    private static final String STORE = """
            model: |
              model
                schema 1.1
              type user
              type tool
                relations
                  define can_call: [user]
            tuples:
              - {user: "user:alice", relation: can_call, object: "tool:list_invoices"}
              - {user: "user:alice", relation: can_call, object: "tool:new_tool"}
              - {user: "user:alice", relation: can_call, object: "tool:added"}
            """;

    @TempDir
    static Path directory;

    private static SandboxProcess sandbox;

    private final String domain = "d" + NEXT.getAndIncrement();
    private final OAuthUser agent = new OAuthUser(sandbox.gateway() + "/" + domain, "agent");
    private final McpServerCaller billing = new McpServerCaller(sandbox.gateway() + "/" + domain, "billing", "s2");

    @BeforeAll
    static void start() throws Exception {
        String reports = IntStream.range(0, MANY)
                .mapToObj(i -> ", {type: MCP_TOOL, key: report_" + i + ", scopes: [\"reports:read\"]}")
                .collect(Collectors.joining());
        StringBuilder config = new StringBuilder(CONFIG);
        for (int i = 0; i < DOMAINS; i++) {
            Files.writeString(directory.resolve("d" + i + ".fga.yaml"), STORE);
            config.append(DOMAIN.replace("DOMAIN", "d" + i).replace("REPORTS", reports));
        }
        Files.copy(
                Repository.root().resolve("assembly/bundle/consent-form.html"), directory.resolve("consent-form.html"));
        sandbox = SandboxProcess.start(Files.writeString(directory.resolve("sandbox.yml"), config));
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    /** The ways in which a scope gains a tool. */
    enum Way {
        REGISTRY("added") {
            @Override
            void widen(ReconsentFlowIT test) throws Exception {
                String engine = Json.read(sandbox.manage(test.domain, "GET", "/authorization-engines", null))
                        .get(0)
                        .get("id")
                        .asText();
                ObjectNode server = Json.object().put("name", "Billing");
                server.putArray("resourceIdentifiers").add(OAuthUser.RESOURCE);
                ArrayNode tools = server.putArray("tools");
                for (JsonNode feature : test.features()) {
                    tools.addObject()
                            .put("key", feature.get("key").asText())
                            .put("description", feature.path("description").asText("A report"))
                            .set("scopes", feature.get("scopes"));
                }
                tools.addObject()
                        .put("key", "added")
                        .put("description", "Added later")
                        .putArray("scopes")
                        .add(SCOPE);
                sandbox.manage(
                        test.domain,
                        "POST",
                        "/authorization-engines/" + engine + "/settings/mcp/servers?force=true",
                        server.toString());
            }
        },
        API_OF_AM("added") {
            @Override
            void widen(ReconsentFlowIT test) throws Exception {
                ArrayNode features = test.features();
                ObjectNode tool = features.addObject();
                tool.put("type", "MCP_TOOL").put("key", "added").put("description", "Added later");
                tool.putArray("scopes").add(SCOPE);
                test.save(features);
            }
        },
        SCOPE_OF_AN_OLD_TOOL("new_tool") {
            @Override
            void widen(ReconsentFlowIT test) throws Exception {
                ArrayNode features = test.features();
                for (JsonNode feature : features) {
                    if (feature.get("key").asText().equals("new_tool")) {
                        ((ObjectNode) feature).putArray("scopes").add(SCOPE);
                    }
                }
                test.save(features);
            }
        };

        private final String tool;

        Way(String tool) {
            this.tool = tool;
        }

        abstract void widen(ReconsentFlowIT test) throws Exception;
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void case05_aToolThatAnApprovedScopeGainedIsNotCallableUntilTheUserApprovesIt(Way way) throws Exception {
        String tokens = agent.signIn("invoices:read openid");
        assertThat(billing.mayCall("list_invoices", tokens)).isTrue();
        nextSecond();

        way.widen(this);
        JsonNode refused = until(way.tool, tokens, "reconsent_required");

        assertThat(refused.at("/context/required_scopes").toString()).contains(SCOPE);
        assertThat(billing.mayCall("list_invoices", tokens))
                .as("what was approved")
                .isTrue();
        String refreshed = agent.refresh(tokens);
        assertThat(OAuthUser.scopes(refreshed)).containsExactly("openid");
        assertThat(billing.ask(way.tool, refreshed).at("/context/reason_code").asText())
                .isEqualTo("scope_missing");

        Authorization stepUp = agent.authorize("invoices:read openid", true);
        assertThat(stepUp.consentPage()).contains(way.tool).containsOnlyOnce("New since you last allowed this");
        String approved = agent.swap(stepUp);

        assertThat(OAuthUser.scopes(approved)).contains(SCOPE);
        assertThat(billing.mayCall(way.tool, approved)).isTrue();
        assertThat(OAuthUser.scopes(agent.refresh(approved))).contains(SCOPE);
        assertThat(agent.authorize("invoices:read openid", true).consentPage())
                .as("asked once")
                .isEmpty();
    }

    @Test
    void case04_whatIsApprovedForOneApplicationCountsForNoOther() throws Exception {
        agent.signIn("invoices:read openid");
        OAuthUser second = new OAuthUser(sandbox.gateway() + "/" + domain, "second");

        Authorization refused = second.authorize("invoices:read openid", false);

        assertThat(refused.consentPage())
                .as("asked, and nothing is marked as known")
                .contains("list_invoices", "second")
                .doesNotContain("New since");
        assertThat(refused.parameter("error")).isEqualTo("access_denied");
        assertThat(OAuthUser.scopes(second.signIn("invoices:read openid"))).contains(SCOPE);
        assertThat(agent.authorize("invoices:read openid", false).consentPage())
                .as("the refusal was the other application's")
                .isEmpty();
    }

    @Test
    void case06_anAnswerApprovesNoScopeThatWasNotAskedFor() throws Exception {
        Authorization forged = agent.authorize("invoices:read openid", true, Map.of("scope.invoices:export", "true"));

        String tokens = agent.swap(forged);

        assertThat(OAuthUser.scopes(tokens)).containsExactlyInAnyOrder(SCOPE, "openid");
        assertThat(billing.ask("new_tool", tokens).at("/context/reason_code").asText())
                .isEqualTo("scope_missing");
        assertThat(agent.authorize("invoices:export openid", true).consentPage())
                .as("still to be asked")
                .contains("new_tool");
    }

    @Test
    void case07_whoAllowsNothingGetsNoToken() throws Exception {
        Authorization denied = agent.authorize("invoices:read openid", false);

        assertThat(denied.parameter("error")).isEqualTo("access_denied");
        assertThat(denied.parameter("code")).isEmpty();
    }

    @Test
    void whatThePageDidNotShowIsNotApproved() throws Exception {
        Authorization outOfDate = agent.authorize("invoices:read openid", true, Map.of("mcp_shown", "other tools"));

        assertThat(OAuthUser.scopes(agent.swap(outOfDate))).containsExactly("openid");

        Authorization again = agent.authorize("invoices:read openid", true);
        assertThat(again.consentPage()).contains("list_invoices");
        assertThat(OAuthUser.scopes(agent.swap(again))).contains(SCOPE);
    }

    @Test
    void whoRefusesTheNewToolKeepsATokenWithoutTheScope() throws Exception {
        String tokens = agent.signIn("invoices:read openid");
        nextSecond();
        Way.API_OF_AM.widen(this);
        until("added", tokens, "reconsent_required");
        String refreshed = agent.refresh(tokens);

        Authorization denied = agent.authorize("invoices:read openid", false);

        assertThat(denied.consentPage()).contains("added");
        assertThat(denied.parameter("error")).isEqualTo("access_denied");
        String later = agent.refresh(refreshed);
        assertThat(OAuthUser.scopes(later)).containsExactly("openid");
        assertThat(billing.mayCall("added", later)).isFalse();
        assertThat(agent.authorize("invoices:read openid", false).consentPage())
                .as("asked again, for nothing was approved")
                .contains("added");
    }

    @Test
    void aToolThatIsRemovedAsksNobody() throws Exception {
        String tokens = agent.signIn("invoices:read openid");
        ArrayNode features = features();
        for (int i = 0; i < features.size(); i++) {
            if (features.get(i).get("key").asText().equals("show_invoice")) {
                features.remove(i);
            }
        }
        save(features);
        until("show_invoice", tokens, "tool_unknown");

        String refreshed = agent.refresh(tokens);

        assertThat(OAuthUser.scopes(refreshed)).contains(SCOPE);
        assertThat(billing.mayCall("list_invoices", refreshed)).isTrue();
        assertThat(agent.authorize("invoices:read openid", true).consentPage()).isEmpty();
    }

    @Test
    void anApplicationThatApprovesByItselfIsLeftAlone() throws Exception {
        OAuthUser trusted = new OAuthUser(sandbox.gateway() + "/" + domain, "trusted");
        String tokens = trusted.signIn("invoices:read openid");
        nextSecond();
        Way.API_OF_AM.widen(this);
        until("added", tokens, "reconsent_required");

        String refreshed = trusted.refresh(tokens);

        assertThat(OAuthUser.scopes(refreshed)).contains(SCOPE);
        assertThat(billing.mayCall("added", refreshed)).isTrue();
        Authorization again = trusted.authorize("invoices:read openid", true);
        assertThat(again.consentPage()).isEmpty();
    }

    @Test
    void whatWasApprovedBeforeTheInstallationHoldsForThreeHundredToolsAndTwoRefreshesAtOnce() throws Exception {
        List<String> signedIn = List.of(
                agent.signIn("reports:read openid"),
                new OAuthUser(sandbox.gateway() + "/" + domain, "agent").signIn("reports:read openid"));
        ExecutorService clients = Executors.newFixedThreadPool(2);
        List<Callable<String>> refreshes = signedIn.stream()
                .map(tokens -> (Callable<String>) () -> agent.refresh(tokens))
                .toList();
        try {
            for (Future<String> each : clients.invokeAll(refreshes)) {
                assertThat(OAuthUser.scopes(each.get())).contains("reports:read");
            }
        } finally {
            clients.shutdownNow();
        }
        assertThat(agent.authorize("reports:read openid", true).consentPage())
                .as("nobody is asked")
                .isEmpty();

        ArrayNode features = features();
        ObjectNode tool = features.addObject();
        tool.put("type", "MCP_TOOL").put("key", "added").put("description", "Added later");
        tool.putArray("scopes").add("reports:read");
        nextSecond();
        save(features);
        until("added", signedIn.get(0), "reconsent_required");

        Authorization stepUp = agent.authorize("reports:read openid", true);
        String tokens = agent.swap(stepUp);
        if (stepUp.consentPage().isEmpty()) {
            // AM asks only once the approval is withdrawn, which the token request does.
            assertThat(OAuthUser.scopes(tokens)).containsExactly("openid");
            stepUp = agent.authorize("reports:read openid", true);
            tokens = agent.swap(stepUp);
        }
        assertThat(stepUp.consentPage()).contains("added").containsOnlyOnce("New since you last allowed this");
        assertThat(OAuthUser.scopes(tokens)).contains("reports:read");
    }

    /** Gateways hear of a change within seconds. */
    private JsonNode until(String tool, String tokens, String reason) throws Exception {
        JsonNode refused = await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> billing.ask(tool, tokens),
                        answer -> answer.at("/context/reason_code").asText().equals(reason));
        assertThat(refused.get("decision").asBoolean()).isFalse();
        return refused;
    }

    /** Tokens and tools count in whole seconds. */
    private static void nextSecond() {
        long second = Instant.now().getEpochSecond();
        await().until(() -> Instant.now().getEpochSecond() > second);
    }

    private JsonNode server() throws Exception {
        return Json.read(sandbox.manage(domain, "GET", "/protected-resources?type=MCP_SERVER&page=0&size=10", null))
                .get("data")
                .get(0);
    }

    private ArrayNode features() throws Exception {
        ArrayNode features = (ArrayNode) server().get("features");
        features.forEach(feature -> ((ObjectNode) feature).put("type", "MCP_TOOL"));
        return features;
    }

    private void save(ArrayNode features) throws Exception {
        sandbox.manage(
                domain,
                "PATCH",
                "/protected-resources/" + server().get("id").asText(),
                "{\"features\":" + features + "}");
    }
}
