package io.mcpaccess.samples.billing;

import io.mcpaccess.samples.options.Options;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the billing server is told at start. The secret comes from the environment only, where other users of the
 * machine do not see it.
 *
 * @param host the address to listen on
 * @param port the port; 0 takes a free one
 * @param domainUrl the AM domain at the gateway
 * @param resource the server's resource identifier; empty means {@code http://HOST:PORT/mcp}
 * @param clientId the server's client id at AM
 * @param clientSecret the server's secret; never printed
 * @param guarded false for a server that everybody may call, to try clients that have no token
 */
public record BillingSettings(
        String host,
        int port,
        String domainUrl,
        Optional<String> resource,
        String clientId,
        String clientSecret,
        boolean guarded) {
    private static final Set<String> OPTIONS = Set.of("--host", "--port", "--domain", "--resource", "--guard");

    /** How to start the server. */
    public static final String USAGE = """
            usage: BillingServer --domain URL [--host HOST] [--port PORT] [--resource URL]
              --domain    the AM domain at the gateway, such as http://127.0.0.1:8092/demo
              --host      the address to listen on (127.0.0.1)
              --port      the port; 0 takes a free one (9100)
              --resource  the URL that clients use, as registered at AM (http://HOST:PORT/mcp)
              --guard     on, or off for a server that everybody may call and that knows no AM (on)
            environment: BILLING_CLIENT_ID, BILLING_CLIENT_SECRET, the server's credentials at AM""";

    /**
     * @param arguments of the command line
     * @param environment of the process
     * @return the settings
     * @throws IllegalArgumentException when something is missing or wrong; the message says what
     */
    public static BillingSettings read(List<String> arguments, Map<String, String> environment) {
        Options options = Options.read(arguments, OPTIONS, environment);
        boolean guarded = guarded(options.option("--guard").orElse("on"));
        return new BillingSettings(
                options.option("--host").orElse("127.0.0.1"),
                port(options.option("--port").orElse("9100")),
                guarded ? options.required("--domain") : "",
                options.option("--resource"),
                guarded ? options.requiredVariable("BILLING_CLIENT_ID") : "",
                guarded ? options.requiredVariable("BILLING_CLIENT_SECRET") : "",
                guarded);
    }

    private static boolean guarded(String text) {
        return switch (text) {
            case "on" -> true;
            case "off" -> false;
            default -> throw new IllegalArgumentException("--guard takes on or off, not '" + text + "'.");
        };
    }

    private static int port(String text) {
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 65_535) {
            throw new IllegalArgumentException("--port takes 0 to 65535, not '" + text + "'.");
        }
        return Integer.parseInt(text);
    }

    @Override
    public String toString() {
        return "BillingSettings[host=" + host + ", port=" + port + ", domainUrl=" + domainUrl + ", resource=" + resource
                + ", clientId=" + clientId + ", clientSecret=***, guarded=" + guarded + "]";
    }
}
