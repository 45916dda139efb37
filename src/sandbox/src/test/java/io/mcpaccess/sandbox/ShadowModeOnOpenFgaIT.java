package io.mcpaccess.sandbox;

import static io.mcpaccess.sandbox.OAuthClient.basic;
import static io.mcpaccess.sandbox.OAuthClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpaccess.sandbox.authzen.RealOpenFga;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shadow mode with a cache of decisions in front of a real OpenFGA, which then goes away. */
class ShadowModeOnOpenFgaIT {
    private final TestBrowser machine = new TestBrowser();

    @Test
    void whatTheCacheRemembersIsShadowedAsBeforeAndWhatOpenFgaDoesNotAnswerIsNotLetThrough(@TempDir Path folder)
            throws Exception {
        RealOpenFga openFga = RealOpenFga.startOrSkip();
        try (openFga;
                SandboxServer sandbox = start(folder, openFga)) {
            assertThat(answer(sandbox, "bob", "list_invoices")).isEqualTo(json("""
                    {"decision": true, "context": {"reason_code": "shadowed", "layers": ["scope"],
                                                   "shadow": {"reason_code": "permission_denied"}}}"""));
            // The first question may be asked with the time, until the engine has seen that the model wants none.
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() ->
                            assertThat(answer(sandbox, "bob", "list_invoices")).isEqualTo(json("""
                    {"decision": true, "context": {"reason_code": "shadowed", "layers": ["scope"],
                                                   "shadow": {"reason_code": "permission_denied"}, "remembered": true}}""")));
            assertThat(answer(sandbox, "alice", "list_invoices")
                            .at("/context/reason_code")
                            .asText())
                    .isEqualTo("permitted");

            openFga.close();

            assertThat(answer(sandbox, "bob", "list_invoices")
                            .at("/context/reason_code")
                            .asText())
                    .as("remembered")
                    .isEqualTo("shadowed");
            HttpResponse<String> unanswered = ask(sandbox, "carol", "list_invoices");
            assertThat(unanswered.statusCode()).isEqualTo(503);
            assertThat(json(unanswered).path("decision").asBoolean(true)).isFalse();
        }
    }

    private static SandboxServer start(Path folder, RealOpenFga openFga) throws Exception {
        RealOpenFga.Store store = openFga.store("""
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
        return SandboxServer.start(
                Path.of(System.getProperty("repository.root")), folder.resolve("sandbox.yml"), """
                gateway: {port: 0}
                management: {port: 0}
                domains:
                  - id: demo
                    protectedResources:
                      - {name: billing, clientId: billing-mcp, clientSecret: s2, resourceIdentifiers: ["http://127.0.0.1:9100/mcp"],
                         features: [{type: MCP_TOOL, key: list_invoices, description: List, scopes: []}]}
                    authorizationEngine:
                      type: openfga
                      name: engine
                      configuration: {mode: server, connectionUri: "%s", storeId: %s, authorizationModelId: %s, permissionMode: shadow,
                                      cacheAllowSeconds: 300, cacheDenySeconds: 300,
                                      connectTimeoutMillis: 3000, readTimeoutMillis: 5000, deadlineMillis: 5000}
                """.formatted(
                                openFga.url(), store.id(), store.modelId()));
    }

    private JsonNode answer(SandboxServer sandbox, String user, String tool) {
        HttpResponse<String> response = ask(sandbox, user, tool);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response);
    }

    /** As an MCP server that has checked the token itself. */
    private HttpResponse<String> ask(SandboxServer sandbox, String user, String tool) {
        String body = "{\"subject\":{\"type\":\"user\",\"id\":\"" + user + "\"},\"action\":{\"name\":\"can_call\"},"
                + "\"resource\":{\"type\":\"tool\",\"id\":\"" + tool + "\"},\"context\":{\"scope\":\"invoices:read\"}}";
        return machine.send(HttpRequest.newBuilder(URI.create(sandbox.gateway() + "/demo/access/v1/evaluation"))
                .header("Authorization", basic("billing-mcp", "s2"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }
}
