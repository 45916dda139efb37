package io.mcpaccess.amctl.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.amctl.am.Json;
import io.mcpaccess.amctl.terminal.CommandFailure;
import io.mcpaccess.amctl.terminal.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands that put one question to the engine. */
abstract class QuestionCommand extends DomainCommand {
    @Parameters(index = "1", paramLabel = "USER", description = "Such as user:alice.")
    private String user;

    @Parameters(index = "2", paramLabel = "RELATION", description = "Such as can_call.")
    private String relation;

    @Parameters(index = "3", paramLabel = "OBJECT", description = "Such as tool:list_invoices.")
    private String object;

    @Option(names = "--context", paramLabel = "JSON", description = "What conditions are asked with, a JSON object.")
    private String context;

    @Override
    final void checkOptions() {
        named("USER", user, "user:alice, or application:agent");
        named("OBJECT", object, "tool:list_invoices");
        question();
    }

    /** OpenFGA's names have a type; without one the engine's answer is no, which reads as a missing permission. */
    private static void named(String what, String name, String example) {
        if (!name.matches("[^:]+:.+")) {
            throw new CommandFailure(
                    ExitCode.USAGE, what + " is a type and a name with a colon between them, such as " + example + ".");
        }
    }

    /** The question as the engine takes it. */
    final ObjectNode question() {
        ObjectNode body =
                Json.object().put("user", user).put("relation", relation).put("object", object);
        if (context != null) {
            body.set("context", context());
        }
        return body;
    }

    private JsonNode context() {
        try {
            if (new ObjectMapper().readTree(context) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            // Said below.
        }
        throw new CommandFailure(ExitCode.USAGE, "--context must be a JSON object.");
    }

    /** The question in words. */
    final String words() {
        return user + " " + relation + " " + object;
    }
}
