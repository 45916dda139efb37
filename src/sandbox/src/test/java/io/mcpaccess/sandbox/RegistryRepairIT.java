package io.mcpaccess.sandbox;

import static io.mcpaccess.sandbox.OAuthClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registration that breaks off between the scopes and the server, over HTTP and with the shipped ZIP. */
class RegistryRepairIT {

    private static final String SERVER = """
            {"name": "weather", "resourceIdentifiers": ["https://weather.example.com/mcp"],
             "tools": [{"key": "forecast", "description": "Say the weather"}]}""";

    @Test
    void saysWhatWasDoneAndIsRepairedByRepeatingTheCall(@TempDir Path folder) throws Exception {
        try (SandboxServer sandbox = SandboxServer.start(
                Path.of(System.getProperty("repository.root")), folder.resolve("sandbox.yml"), """
                gateway: {port: 0}
                management: {port: 0}
                settings: {sandbox.failures.servers: 1}
                domains:
                  - id: demo
                    authorizationEngine: {type: openfga, name: engine, configuration: {mode: embedded, storeFile: store.fga.yaml}}
                """)) {
            ManagementClient admin = new ManagementClient(sandbox.management(), "admin", "adminadmin");
            String engines = ManagementClient.domain("demo") + "/authorization-engines";
            String servers =
                    engines + "/" + json(admin.get(engines)).path(0).path("id").asText() + "/settings/mcp/servers";

            HttpResponse<String> broken = admin.call("POST", servers, SERVER);

            assertThat(broken.statusCode()).as(broken.body()).isGreaterThanOrEqualTo(500);
            assertThat(broken.body())
                    .contains(
                            "The MCP server was not created",
                            "the scopes tools:forecast were defined",
                            "Repeat the call");
            assertThat(json(admin.get(servers)).findValuesAsText("name")).doesNotContain("weather");

            assertThat(admin.call("POST", servers, SERVER).statusCode()).isEqualTo(201);
            assertThat(json(admin.get(servers)).findValuesAsText("name")).contains("weather");
            HttpResponse<String> again = admin.call("POST", servers, SERVER);
            assertThat(again.statusCode()).isEqualTo(200);
            assertThat(json(again).at("/server/change").asText()).isEqualTo("unchanged");
        }
    }
}
