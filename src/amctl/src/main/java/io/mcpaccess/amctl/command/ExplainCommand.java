package io.mcpaccess.amctl.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpaccess.amctl.am.AmClient;
import io.mcpaccess.amctl.am.ManagedDomain;
import io.mcpaccess.amctl.terminal.ExitCode;
import io.mcpaccess.amctl.terminal.Output;
import picocli.CommandLine.Command;

/** {@code explain}: why the engine answers as it does. */
@Command(name = "explain", sortOptions = false, description = "Says why the engine answers a question as it does.")
public final class ExplainCommand extends QuestionCommand {
    @Override
    ExitCode run(AmClient am, ManagedDomain domain, Output output) {
        JsonNode answer = am.call("POST", domain.settings() + "/explain", question());
        if (isJson()) {
            output.json(answer);
        } else {
            output.line(words() + ": " + (answer.path("allowed").asBoolean() ? "allowed" : "denied") + " ("
                    + answer.path("reason_code").asText() + ")");
            answer.path("text").asText("").lines().forEach(output::line);
        }
        return ExitCode.DONE;
    }
}
