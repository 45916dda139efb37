package io.mcpaccess.amctl.command;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;

/** {@code plan}: what {@code declare} would do. */
@Command(
        name = "plan",
        sortOptions = false,
        description = "Shows what declare would do with the same file. Changes nothing.")
public final class PlanCommand extends FileCommand {
    @Override
    JsonNode planned(Registrar registrar, Declaration declaration) {
        return registrar.plan(declaration);
    }
}
