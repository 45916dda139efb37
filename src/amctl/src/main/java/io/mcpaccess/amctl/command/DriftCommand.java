package io.mcpaccess.amctl.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.mcpaccess.amctl.am.AmClient;
import io.mcpaccess.amctl.am.AmFailure;
import io.mcpaccess.amctl.am.Json;
import io.mcpaccess.amctl.am.ManagedDomain;
import io.mcpaccess.amctl.terminal.CommandFailure;
import io.mcpaccess.amctl.terminal.ExitCode;
import io.mcpaccess.amctl.terminal.Output;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code drift}: whether servers still serve what is registered. */
@Command(
        name = "drift",
        sortOptions = false,
        description = "Compares registered MCP servers with what they serve now; exit code 4 where they differ.")
public final class DriftCommand extends DomainCommand {
    @Parameters(
            index = "1..*",
            paramLabel = "SERVER",
            description = "Names, client ids or ids of servers; all unless given.")
    private List<String> names = List.of();

    @Mixin
    private McpCredentials credentials;

    @Override
    ExitCode run(AmClient am, ManagedDomain domain, Output output) {
        String servers = domain.settings() + "/mcp/servers";
        List<JsonNode> chosen = chosen(am.get(servers).path("servers"));
        if (credentials.isGiven(secrets()) && chosen.size() > 1) {
            throw new CommandFailure(
                    ExitCode.USAGE, "The credentials are one server's, and " + chosen.size() + " are asked. Name one.");
        }
        ArrayNode reports = Json.array();
        ExitCode code = ExitCode.DONE;
        for (JsonNode server : chosen) {
            output.note("Asking " + server.path("name").asText() + " …");
            try {
                JsonNode report = am.call(
                        "POST",
                        servers + "/" + AmClient.encoded(server.path("id").asText()) + "/drift",
                        credentials.body(secrets()));
                reports.add(report);
                code = report.path("drifted").asBoolean() ? ExitCode.DRIFT : code;
                if (!isJson()) {
                    show(report, output);
                }
            } catch (AmFailure e) {
                if (e.status() == 401 || e.status() == 403) {
                    throw e;
                }
                output.note(server.path("name").asText() + ": " + e.getMessage());
                code = code.or(ExitCode.FAILED);
            }
        }
        if (isJson()) {
            output.json(reports);
        }
        return code;
    }

    private List<JsonNode> chosen(JsonNode servers) {
        List<JsonNode> chosen = new ArrayList<>();
        List<String> unknown = new ArrayList<>(names);
        for (JsonNode server : servers) {
            List<String> known = List.of(
                    server.path("name").asText(),
                    server.path("clientId").asText(),
                    server.path("id").asText());
            unknown.removeAll(known);
            if (names.isEmpty() || names.stream().anyMatch(known::contains)) {
                chosen.add(server);
            }
        }
        if (!unknown.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE, "The domain has no MCP server " + String.join(", ", unknown) + ".");
        }
        return chosen;
    }

    private static void show(JsonNode report, Output output) {
        output.line(report.path("server").path("name").asText() + ": "
                + (report.path("drifted").asBoolean() ? "drifted" : "as registered"));
        for (JsonNode tool : report.path("tools")) {
            if (!"unchanged".equals(tool.path("state").asText())) {
                output.line("  " + tool.path("state").asText() + " "
                        + tool.path("key").asText());
                if (tool.has("registeredDescription")) {
                    output.line("      registered: "
                            + tool.path("registeredDescription").asText());
                    output.line("      served:     " + tool.path("description").asText());
                }
                tool.path("warnings").forEach(warning -> output.line("      ! " + warning.asText()));
            }
        }
    }
}
