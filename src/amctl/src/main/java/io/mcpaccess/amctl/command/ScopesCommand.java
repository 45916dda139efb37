package io.mcpaccess.amctl.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpaccess.amctl.am.AmClient;
import io.mcpaccess.amctl.am.ManagedDomain;
import io.mcpaccess.amctl.terminal.ExitCode;
import io.mcpaccess.amctl.terminal.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code scopes}: defines the scopes that tools need and the domain lacks. */
@Command(
        name = "scopes",
        sortOptions = false,
        description = "Defines a scope for every tool scope of the domain that lacks one.")
public final class ScopesCommand extends DomainCommand {
    @Option(names = "--dry-run", description = "Show the plan and change nothing.")
    private boolean dryRun;

    @Override
    ExitCode run(AmClient am, ManagedDomain domain, Output output) {
        JsonNode plan = am.call("POST", domain.settings() + "/mcp/scopes?dryRun=" + dryRun, null);
        if (isJson()) {
            output.json(plan);
        } else {
            PlanText.lines(plan).forEach(output::line);
        }
        return ExitCode.DONE;
    }
}
