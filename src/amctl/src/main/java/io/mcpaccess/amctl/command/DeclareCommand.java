package io.mcpaccess.amctl.command;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;

/** {@code declare}: registers the servers of a file. */
@Command(
        name = "declare",
        sortOptions = false,
        description = "Registers the MCP servers of a file, as they stand there.")
public final class DeclareCommand extends FileCommand {
    @Override
    JsonNode planned(Registrar registrar, Declaration declaration) {
        return registrar.apply(declaration);
    }
}
