package io.mcpaccess.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On JDBC AM forgets the tools of its MCP servers at every start; with the AuthZEN plugin it has them again. */
class ForgottenToolsIT {
    @Test
    void pluginGivesAmItsToolsBack(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("store.fga.yaml"), "model: |\n  model\n    schema 1.1\n  type user\n");
        String yaml = """
                gateway: {port: 0}
                management: {port: 0}
                quirks: {forgetToolsAtStart: true}
                domains:
                  - id: demo
                    users: [{username: alice, password: wonderland}]
                    scopes: [{key: "invoices:read", name: Read}]
                    applications: [{clientId: agent, clientSecret: s3cret, redirectUris: ["http://127.0.0.1:9999/callback"]}]
                    protectedResources:
                      - {name: billing, clientId: billing-mcp, clientSecret: s2, resourceIdentifiers: ["http://127.0.0.1:9100/mcp"],
                         features: [{type: MCP_TOOL, key: list_invoices, description: List, scopes: ["invoices:read"]}]}
                    authorizationEngine: {type: openfga, name: engine, configuration: {mode: embedded, storeFile: store.fga.yaml}}
                """;
        try (SandboxServer sandbox = SandboxServer.start(
                Path.of(System.getProperty("repository.root")), folder.resolve("sandbox.yml"), yaml)) {
            OAuthClient agent =
                    new OAuthClient(sandbox.gateway() + "/demo", "agent", "s3cret", "http://127.0.0.1:9999/callback");
            String url = agent.authorizeUrl("invoices:read", "http://127.0.0.1:9100/mcp");

            Awaitility.await("the tools are known again")
                    .atMost(Duration.ofSeconds(15))
                    .pollInterval(Duration.ofMillis(200))
                    .untilAsserted(() -> assertThat(agent.approve(new TestBrowser(), url, "alice", "wonderland"))
                            .startsWith("http://127.0.0.1:9999/callback?code="));
        }
    }
}
