package io.mcpaccess.amctl.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.amctl.am.AmClient;
import io.mcpaccess.amctl.am.Json;
import io.mcpaccess.amctl.am.ManagedDomain;
import io.mcpaccess.amctl.terminal.ExitCode;
import io.mcpaccess.amctl.terminal.Output;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code import}: the tools that a live MCP server offers. */
@Command(
        name = "import",
        sortOptions = false,
        description = "Registers an MCP server with the tools that it offers now. AM's management node asks it.")
public final class ImportCommand extends DomainCommand {
    @Parameters(index = "1", paramLabel = "ENDPOINT", description = "The MCP endpoint, https.")
    private String endpoint;

    @Option(names = "--name", paramLabel = "NAME", description = "The server's name.")
    private String name;

    @Option(
            names = "--resource-identifier",
            paramLabel = "URL",
            description = "What tokens call the server; the endpoint unless given.")
    private String identifier;

    @Option(
            names = "--scope-template",
            paramLabel = "TEXT",
            description = "How scopes are named: {tool}, {server}, {access}; tools:{tool} unless given.")
    private String template;

    @Option(
            names = "--scopes",
            paramLabel = "TOOL=SCOPE",
            description = "A scope of one tool; may be repeated, several with commas.")
    private Map<String, String> scopes = new LinkedHashMap<>();

    @Option(names = "--dry-run", description = "Show the plan and change nothing.")
    private boolean dryRun;

    @Mixin
    private McpCredentials credentials;

    @Mixin
    private RegistrationOptions options;

    @Override
    void checkOptions() {
        credentials.body(secrets());
    }

    @Override
    ExitCode run(AmClient am, ManagedDomain domain, Output output) {
        Registrar registrar = new Registrar(am, domain, options, output);
        Declaration declaration = new Declaration(
                name == null ? endpoint : name, Declaration.IMPORT, credentials.addTo(body(), secrets()));
        output.note("Reading the tools of " + endpoint + " …");
        JsonNode plan = dryRun ? registrar.plan(declaration) : registrar.apply(declaration);
        if (isJson()) {
            output.json(plan);
        }
        return registrar.show(plan, isJson());
    }

    private ObjectNode body() {
        ObjectNode body = Json.object().put("url", endpoint);
        put(body, "name", name);
        put(body, "resourceIdentifier", identifier);
        put(body, "scopeTemplate", template);
        if (!scopes.isEmpty()) {
            ObjectNode byTool = body.putObject("scopes");
            scopes.forEach((tool, list) -> {
                ArrayNode all = byTool.putArray(tool);
                List.of(list.split(",")).forEach(all::add);
            });
        }
        return body;
    }

    private static void put(ObjectNode body, String member, String value) {
        if (value != null) {
            body.put(member, value);
        }
    }
}
