package io.mcpaccess.samples.client;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;

/** An MCP client for demonstrations: reads commands from standard input, prints one JSON line for each. */
public final class DemoClient {
    private DemoClient() {}

    /**
     * Runs until standard input ends.
     *
     * @param arguments see {@link ClientSettings#USAGE}
     * @throws IOException when standard input cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        ClientSettings settings;
        try {
            settings = ClientSettings.read(List.of(arguments), System.getenv());
        } catch (IllegalArgumentException wrong) {
            System.err.println("DemoClient: " + wrong.getMessage() + "\n" + ClientSettings.USAGE);
            System.exit(2);
            return;
        }
        JsonMapper json = new JsonMapper();
        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (ClientCommands commands = new ClientCommands(settings, new SecureRandom())) {
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                if (!line.isBlank()) {
                    System.out.println(json.writeValueAsString(commands.run(line)));
                }
            }
        }
        // The SDK's threads outlive its session.
        System.exit(0);
    }
}
