package io.mcpaccess.amctl.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpaccess.amctl.am.AmClient;
import io.mcpaccess.amctl.am.ManagedDomain;
import io.mcpaccess.amctl.terminal.ExitCode;
import io.mcpaccess.amctl.terminal.Output;
import picocli.CommandLine.Command;

/** {@code check}: one question to the engine. */
@Command(
        name = "check",
        sortOptions = false,
        description = "Asks the engine one question; exit code 0 for yes, 5 for no.")
public final class CheckCommand extends QuestionCommand {
    @Override
    ExitCode run(AmClient am, ManagedDomain domain, Output output) {
        JsonNode answer = am.call("POST", domain.settings() + "/check", question());
        boolean isAllowed = answer.path("allowed").asBoolean();
        if (isJson()) {
            output.json(answer);
        } else {
            output.line(words() + ": " + (isAllowed ? "allowed" : "denied") + " ("
                    + answer.path("context").path("reason_code").asText() + ")");
        }
        return isAllowed ? ExitCode.DONE : ExitCode.DENIED;
    }
}
