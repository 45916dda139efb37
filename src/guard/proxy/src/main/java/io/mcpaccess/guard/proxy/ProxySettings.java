package io.mcpaccess.guard.proxy;

import io.mcpaccess.guard.CallerLimits;
import io.mcpaccess.guard.GuardConfiguration;
import io.mcpaccess.guard.Limits;
import io.mcpaccess.guard.Rules;
import io.mcpaccess.guard.oauth.ProofRules;
import io.mcpaccess.guard.oauth.SubjectRule;
import io.mcpaccess.guard.oauth.TokenValidation;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the proxy is told at start. The secret comes from the environment only, where other users of the machine do not
 * see it.
 *
 * @param host the address to listen on
 * @param port the port; 0 takes a free one
 * @param upstream the MCP server behind the proxy
 * @param guard the server's place at AM
 * @param answerTimeout how long the server may take until its answer begins
 * @param idleTimeout how long a stream may be silent
 * @param heartbeat how long a client of a stream is left without a sign of life, which is how one that is gone is noticed
 */
public record ProxySettings(
        String host,
        int port,
        URI upstream,
        GuardConfiguration guard,
        Duration answerTimeout,
        Duration idleTimeout,
        Duration heartbeat) {
    private static final String DEFAULT_PORT = "9200";
    private static final Set<String> OPTIONS = Set.of(
            "--upstream",
            "--domain",
            "--resource",
            "--host",
            "--port",
            "--tokens",
            "--subject",
            "--open",
            "--body-bytes",
            "--answer-seconds",
            "--idle-seconds",
            "--heartbeat-seconds",
            "--also",
            "--dpop",
            "--requests",
            "--streams");

    /** How to start the proxy. */
    public static final String USAGE = """
            usage: GuardProxy --upstream URL --domain URL [options]
              --upstream        the MCP server, such as http://127.0.0.1:3000/mcp (Streamable HTTP)
              --domain          the AM domain at the gateway, such as http://127.0.0.1:8092/demo
              --resource        the URL that clients use, as registered at AM (http://HOST:PORT/mcp); its path is served
              --also            other URLs under which AM has registered the same server, with commas
              --host            the address to listen on (127.0.0.1)
              --port            the port; 0 takes a free one, then --resource is needed (9200)
              --tokens          introspection or jwt (introspection)
              --dpop            accepted or required: whether tokens that are bound to no key are refused (accepted)
              --subject         username or sub, as the AuthZEN plugin's setting 'subject' (username)
              --open            methods that a valid token alone opens, with commas, such as prompts/list,prompts/get
              --body-bytes      how long a request may be (1048576)
              --answer-seconds  how long the server may take until its answer begins (60)
              --idle-seconds    how long a stream may be silent before it is closed (300)
              --heartbeat-seconds  how long a client of a stream is left without a sign of life (15)
              --requests        how many requests of one caller are under way at most (64)
              --streams         how many streams one caller has open at most (16)
            environment: GUARD_CLIENT_ID, GUARD_CLIENT_SECRET, the server's credentials at AM""";

    /**
     * @param arguments of the command line
     * @param environment of the process
     * @return the settings
     * @throws IllegalArgumentException when something is missing or wrong; the message says what
     */
    public static ProxySettings read(List<String> arguments, Map<String, String> environment) {
        Options options = Options.read(arguments, OPTIONS, environment);
        String host = options.option("--host").orElse("127.0.0.1");
        int port = number(options, "--port", DEFAULT_PORT, 0, 65_535);
        String resource = options.option("--resource").orElse("http://" + host + ":" + port + "/mcp");
        if (port == 0 && options.option("--resource").isEmpty()) {
            throw new IllegalArgumentException("With --port 0 nobody knows the URL that clients use: give --resource.");
        }
        return new ProxySettings(
                host,
                port,
                upstream(options.required("--upstream")),
                guard(options, resource),
                Duration.ofSeconds(number(options, "--answer-seconds", "60", 1, 3600)),
                Duration.ofSeconds(number(options, "--idle-seconds", "300", 1, 86_400)),
                Duration.ofSeconds(number(options, "--heartbeat-seconds", "15", 1, 3600)));
    }

    private static GuardConfiguration guard(Options options, String resource) {
        Set<String> open = Set.copyOf(list(options, "--open"));
        ProofRules proofs = ProofRules.usual();
        CallerLimits usual = CallerLimits.usual();
        CallerLimits callers = new CallerLimits(
                number(options, "--requests", String.valueOf(usual.requests()), 1, 100_000),
                number(options, "--streams", String.valueOf(usual.streams()), 1, 100_000),
                usual.checksByAddress(),
                usual.bodyTime());
        return GuardConfiguration.of(
                        options.required("--domain"),
                        resource,
                        options.requiredVariable("GUARD_CLIENT_ID"),
                        options.requiredVariable("GUARD_CLIENT_SECRET"))
                .withOtherResources(list(options, "--also"))
                .withProofs(
                        choice(options, "--dpop", "accepted", "required").equals("required")
                                ? proofs.asRequired()
                                : proofs)
                .withTokens(
                        choice(options, "--tokens", "introspection", "jwt").equals("jwt")
                                ? TokenValidation.jwt()
                                : TokenValidation.introspection())
                .withRules(Rules.usual()
                        .withOpenMethods(open)
                        .withSubject(
                                choice(options, "--subject", "username", "sub").equals("sub")
                                        ? SubjectRule.sub()
                                        : SubjectRule.username()))
                .withLimits(Limits.usual()
                        .withCallers(callers)
                        .withBodyBytes(number(options, "--body-bytes", "1048576", 1, 1 << 28)));
    }

    private static List<String> list(Options options, String name) {
        return options.option(name).stream()
                .flatMap(all -> Arrays.stream(all.split(",")))
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .distinct()
                .toList();
    }

    private static URI upstream(String text) {
        URI uri = URI.create(text);
        boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        if (!http || uri.getHost() == null) {
            throw new IllegalArgumentException("--upstream takes an absolute http or https URL, not '" + text + "'.");
        }
        return uri;
    }

    private static String choice(Options options, String name, String usual, String other) {
        String value = options.option(name).orElse(usual);
        if (!value.equals(usual) && !value.equals(other)) {
            throw new IllegalArgumentException(name + " takes " + usual + " or " + other + ", not '" + value + "'.");
        }
        return value;
    }

    private static int number(Options options, String name, String usual, int least, int most) {
        String text = options.option(name).orElse(usual);
        if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
            throw new IllegalArgumentException(name + " takes " + least + " to " + most + ", not '" + text + "'.");
        }
        return Integer.parseInt(text);
    }
}
