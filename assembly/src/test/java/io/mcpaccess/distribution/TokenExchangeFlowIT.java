package io.mcpaccess.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens that agents exchange users' tokens for (RFC 8693), with the shipped ZIPs: at the token endpoint and at the call. */
class TokenExchangeFlowIT {

    private static final String GRANT = "urn:ietf:params:oauth:grant-type:token-exchange";
    private static final String TYPE = "urn:ietf:params:oauth:token-type:access_token";
    private static final String SCOPES = "invoices:read invoices:write openid";

    private static final String CONFIG = """
            gateway: {host: 127.0.0.1, port: 0}
            management: {host: 127.0.0.1, port: 0}
            domains:
              - id: demo
                users: [{username: alice, password: wonderland}]
                scopes:
                  - {key: "invoices:read", name: Read invoices}
                  - {key: "invoices:write", name: Write invoices}
                applications:
                  - {clientId: agent, clientSecret: s3cret, redirectUris: ["http://127.0.0.1:9999/callback"],
                     grantTypes: [authorization_code, refresh_token, client_credentials, "GRANT"], scopes: [openid]}
                  - {clientId: second, clientSecret: s3cret, redirectUris: ["http://127.0.0.1:9999/callback"],
                     grantTypes: [authorization_code, refresh_token], scopes: [openid]}
                  - {clientId: planner, clientSecret: s3cret, scopes: [openid], grantTypes: [client_credentials, "GRANT"]}
                  - {clientId: stranger, clientSecret: s3cret, scopes: [openid], grantTypes: [client_credentials, "GRANT"]}
                protectedResources:
                  - {name: Billing, clientId: billing, clientSecret: s2, resourceIdentifiers: ["http://127.0.0.1:9100/mcp"],
                     features: [{type: MCP_TOOL, key: list_invoices, description: Lists, scopes: ["invoices:read"]},
                                {type: MCP_TOOL, key: refund_invoice, description: Refunds, scopes: ["invoices:write"]},
                                {type: MCP_TOOL, key: audit_log, description: Shows who did what, scopes: ["invoices:read"]},
                                {type: MCP_TOOL, key: ping, description: Says that it is there}]}
                authorizationEngine: {type: openfga, name: engine,
                  configuration: {mode: embedded, storeFile: store.fga.yaml, checkActor: true, deadlineMillis: 5000}}
                flows:
                  - {extensionPoint: PRE_TOKEN, policy: mcp-tool-access, configuration: {mode: narrow}}
                  - {extensionPoint: PRE_CONSENT, policy: mcp-tool-access}
                  - {extensionPoint: POST_CONSENT, policy: mcp-tool-access}
                customClaims: {mcp_tools: "{#context.attributes['mcp_tools']}"}
            """;

    private static final String STORE = """
            model: |
              model
                schema 1.1
              type user
              type agent
              type tool
                relations
                  define can_call: [user, agent]
            tuples:
              - {user: "user:alice", relation: can_call, object: "tool:list_invoices"}
              - {user: "user:alice", relation: can_call, object: "tool:refund_invoice"}
              - {user: "user:alice", relation: can_call, object: "tool:ping"}
              - {user: "agent:planner", relation: can_call, object: "tool:list_invoices"}
              - {user: "agent:planner", relation: can_call, object: "tool:ping"}
              - {user: "agent:planner", relation: can_call, object: "tool:audit_log"}
            """;

    @TempDir
    static Path directory;

    private static SandboxProcess sandbox;
    private static McpServerCaller billing;

    @BeforeAll
    static void start() throws Exception {
        Files.writeString(directory.resolve("store.fga.yaml"), STORE);
        sandbox = SandboxProcess.start(
                Files.writeString(directory.resolve("sandbox.yml"), CONFIG.replace("GRANT", GRANT)));
        billing = new McpServerCaller(sandbox.gateway() + "/demo", "billing", "s2");
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void case26_theUserAndEachActorNeedThePermission() throws Exception {
        String alice = user("agent").signIn(SCOPES);
        assertThat(OAuthUser.scopes(alice)).contains("invoices:write");
        assertThat(claims(alice).get("mcp_tools").toString()).contains("list_invoices", "refund_invoice", "ping");

        String planned = exchange("planner", alice, own("planner"));

        assertThat(OAuthUser.scopes(planned))
                .as("the planner may refund nothing")
                .containsExactlyInAnyOrder("invoices:read", "openid");
        assertThat(claims(planned).at("/act/sub").asText()).isEqualTo("planner");
        assertThat(claims(planned).get("mcp_tools").toString()).isEqualTo("[\"list_invoices\",\"ping\"]");
        assertThat(Json.text(planned, "refresh_token")).isEmpty();
        assertThat(Json.text(planned, "issued_token_type")).isEqualTo(TYPE);
        assertThat(billing.mayCall("list_invoices", planned)).isTrue();
        assertThat(billing.mayCall("ping", planned)).isTrue();
        assertThat(billing.mayCall("refund_invoice", planned)).isFalse();
        assertThat(billing.mayCall("refund_invoice", alice)).as("she herself").isTrue();
        assertThat(billing.ask("audit_log", planned).at("/context/reason_code").asText())
                .as("the planner may, and she may not")
                .isEqualTo("permission_denied");

        String onward = exchange("stranger", planned, own("stranger"));

        assertThat(claims(onward).at("/act/sub").asText()).isEqualTo("stranger");
        assertThat(claims(onward).at("/act/act/sub").asText()).isEqualTo("planner");
        assertThat(OAuthUser.scopes(onward)).as("the stranger may call nothing").containsExactly("openid");
        assertThat(claims(onward).get("mcp_tools")).isEmpty();
        assertThat(billing.ask("ping", onward).at("/context/reason_code").asText())
                .isEqualTo("actor_denied");
    }

    @Test
    void anExchangeWithoutAnActorKeepsTheUsersName() throws Exception {
        String alice = user("agent").signIn(SCOPES);

        String exchanged = exchange("agent", alice, null);

        assertThat(claims(exchanged).has("act")).isFalse();
        assertThat(claims(exchanged).get("sub")).isEqualTo(claims(alice).get("sub"));
        assertThat(OAuthUser.scopes(exchanged)).contains("invoices:read", "invoices:write");
        assertThat(claims(exchanged).get("exp").asLong())
                .isLessThanOrEqualTo(claims(alice).get("exp").asLong());
        assertThat(sandbox.audits()).contains("\"alice\"").doesNotContain(Json.text(alice, "access_token"));
    }

    @Test
    void case05_anExchangeMakesNoYoungTokenOfAnOldOne() throws Exception {
        String alice = user("agent").signIn("invoices:read openid");
        // Tokens and tools count in whole seconds.
        long second = Instant.now().getEpochSecond();
        await().until(() -> Instant.now().getEpochSecond() > second);
        JsonNode server = Json.read(sandbox.manage("GET", "/protected-resources?type=MCP_SERVER&page=0&size=10", null))
                .get("data")
                .get(0);
        ArrayNode features = (ArrayNode) server.get("features");
        ArrayNode before = features.deepCopy();
        ObjectNode tool = features.addObject();
        tool.put("key", "added")
                .put("description", "Added later")
                .putArray("scopes")
                .add("invoices:read");
        save(server, features);
        try {
            awaitReason("added", alice, "reconsent_required");

            String exchanged = exchange("agent", alice, null);

            assertThat(OAuthUser.scopes(exchanged)).containsExactly("openid");
            assertThat(billing.ask("added", exchanged)
                            .at("/context/reason_code")
                            .asText())
                    .isEqualTo("scope_missing");
        } finally {
            save(server, before);
            awaitReason("added", alice, "tool_unknown");
        }
    }

    @Test
    void withAmsOwnFormTheFlowIsTheSame() throws Exception {
        OAuthUser.Authorization authorization = user("second").authorize(SCOPES, true);

        assertThat(authorization.consentPage())
                .as("AM's own page, which knows scopes alone")
                .contains("Read invoices", "Write invoices")
                .doesNotContain("Tools it may call");
        assertThat(OAuthUser.scopes(user("second").swap(authorization))).contains("invoices:read", "invoices:write");
    }

    @Test
    void aWiderScopeAndAForeignTokenAreRefused() throws Exception {
        String alice = user("agent").signIn("invoices:read openid");

        assertThat(Json.text(user("agent").token(fields(alice, null, Map.of("scope", "invoices:write"))), "error"))
                .isEqualTo("invalid_scope");
        Map<String, String> forged = fields(alice, null, Map.of("subject_token", "e30.e30.c2ln"));
        assertThat(Json.text(user("agent").token(forged), "error")).isEqualTo("invalid_grant");
        Map<String, String> typeless = fields(alice, null, Map.of("subject_token_type", "urn:other"));
        assertThat(Json.text(user("agent").token(typeless), "error")).isEqualTo("invalid_request");
    }

    private static OAuthUser user(String client) {
        return new OAuthUser(sandbox.gateway() + "/demo", client);
    }

    /** The application's own token, as the acting party. */
    private static String own(String client) throws Exception {
        return user(client).token(Map.of("grant_type", "client_credentials"));
    }

    private static String exchange(String client, String subject, String actor) throws Exception {
        return user(client).token(fields(subject, actor, Map.of()));
    }

    private static Map<String, String> fields(String subject, String actor, Map<String, String> more) {
        Map<String, String> fields = new HashMap<>(Map.of(
                "grant_type",
                GRANT,
                "resource",
                OAuthUser.RESOURCE,
                "subject_token",
                Json.text(subject, "access_token"),
                "subject_token_type",
                TYPE));
        if (actor != null) {
            fields.put("actor_token", Json.text(actor, "access_token"));
            fields.put("actor_token_type", TYPE);
        }
        fields.putAll(more);
        return fields;
    }

    private static JsonNode claims(String tokens) {
        String[] parts = Json.text(tokens, "access_token").split("\\.");
        assertThat(parts).as(tokens).hasSize(3);
        return Json.read(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8));
    }

    private static void save(JsonNode server, ArrayNode features) throws Exception {
        features.forEach(feature -> ((ObjectNode) feature).put("type", "MCP_TOOL"));
        sandbox.manage("PATCH", "/protected-resources/" + server.get("id").asText(), "{\"features\":" + features + "}");
    }

    private static void awaitReason(String tool, String tokens, String reason) throws Exception {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> billing.ask(tool, tokens)
                        .at("/context/reason_code")
                        .asText()
                        .equals(reason));
    }
}
