package io.mcpaccess.amctl.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.mcpaccess.amctl.am.AmClient;
import io.mcpaccess.amctl.am.AmFailure;
import io.mcpaccess.amctl.am.Json;
import io.mcpaccess.amctl.am.ManagedDomain;
import io.mcpaccess.amctl.terminal.ExitCode;
import io.mcpaccess.amctl.terminal.Output;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The commands that take a file of servers. Each server is on its own: one that fails does not keep the others. */
abstract class FileCommand extends DomainCommand {
    @Option(
            names = {"-f", "--file"},
            required = true,
            paramLabel = "FILE",
            description = "The servers, YAML or JSON.")
    private Path file;

    @Mixin
    private RegistrationOptions options;

    private List<Declaration> declarations = List.of();

    @Override
    void checkOptions() {
        declarations = new ServersFile(file, secrets()).read();
    }

    @Override
    ExitCode run(AmClient am, ManagedDomain domain, Output output) {
        Registrar registrar = new Registrar(am, domain, options, output);
        ArrayNode plans = Json.array();
        ExitCode code = ExitCode.DONE;
        int number = 0;
        for (Declaration declaration : declarations) {
            number++;
            output.note(number + "/" + declarations.size() + " " + declaration.name() + " …");
            try {
                JsonNode plan = planned(registrar, declaration);
                plans.add(plan);
                code = code.or(registrar.show(plan, isJson()));
            } catch (AmFailure e) {
                if (e.status() == 401 || e.status() == 403) {
                    throw e;
                }
                output.note(declaration.name() + ": " + e.getMessage());
                code = ExitCode.FAILED;
            }
        }
        if (isJson()) {
            output.json(plans);
        }
        return code;
    }

    abstract JsonNode planned(Registrar registrar, Declaration declaration);
}
