package io.mcpaccess.samples.client;

import io.mcpaccess.samples.options.Options;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the demo client is told at start. Secrets come from the environment only.
 *
 * @param server the MCP server's URL
 * @param application the client's registration at AM
 * @param username the person at the browser
 * @param password the person's password; never printed
 */
public record ClientSettings(URI server, OAuthClient application, String username, String password) {
    private static final Set<String> OPTIONS = Set.of("--server", "--client-id", "--redirect-uri", "--username");

    /** How to start the client. */
    public static final String USAGE = """
            usage: DemoClient --server URL --client-id ID --redirect-uri URL --username NAME
            environment: DEMO_PASSWORD, and DEMO_CLIENT_SECRET unless the client is public
            commands on standard input, one JSON line each on standard output:
              probe                          ask the server without a token
              discover                       find the authorization server
              login NAME RESOURCE SCOPE...   get a token, and call it NAME
              connect NAME                   open an MCP session with it
              call NAME TOOL [ARGUMENTS]     call a tool with it; ARGUMENTS is a JSON object
              revoke NAME                    revoke it
              token NAME                     show it, to ask AM about it by hand""";

    /**
     * @param arguments of the command line
     * @param environment of the process
     * @return the settings
     * @throws IllegalArgumentException when something is missing or wrong; the message says what
     */
    public static ClientSettings read(List<String> arguments, Map<String, String> environment) {
        Options options = Options.read(arguments, OPTIONS, environment);
        OAuthClient application = new OAuthClient(
                options.required("--client-id"),
                options.variable("DEMO_CLIENT_SECRET"),
                options.required("--redirect-uri"));
        return new ClientSettings(
                URI.create(options.required("--server")),
                application,
                options.required("--username"),
                options.requiredVariable("DEMO_PASSWORD"));
    }

    @Override
    public String toString() {
        return "ClientSettings[server=" + server + ", username=" + username + "]";
    }
}
