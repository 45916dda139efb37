package io.mcpaccess.samples.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpaccess.samples.client.Http;
import java.time.Duration;

/** The demo client in its process: one command, one JSON answer. */
final class ClientProcess {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ChildProcess process;

    ClientProcess(ChildProcess process) {
        this.process = process;
    }

    /** Runs a command that must succeed. */
    JsonNode run(String command) {
        JsonNode answer = Http.json(process.ask(command, PATIENCE));
        DifferentAnswer.unless(!answer.has("failed"), "the client's '" + command + "' succeeds", answer);
        return answer;
    }

    /** A token by its name, to ask AM about it; it goes through the pipe between the processes and nowhere else. */
    String token(String name) {
        return run("token " + name).path("access_token").asText();
    }
}
