package io.mcpaccess.guard.proxy.settings;

import io.mcpaccess.guard.Advertised;
import io.mcpaccess.guard.CallerLimits;
import io.mcpaccess.guard.GuardConfiguration;
import io.mcpaccess.guard.Limits;
import io.mcpaccess.guard.Rules;
import io.mcpaccess.guard.oauth.ProofRules;
import io.mcpaccess.guard.oauth.SubjectRule;
import io.mcpaccess.guard.oauth.TokenValidation;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of the command line. Without a file they name one server; its secret comes from the environment alone. */
@Command(
        name = "guard-proxy",
        sortOptions = false,
        usageHelpWidth = 110,
        header = "The guard in front of MCP servers in any language.",
        footer = {
            "",
            "Environment, for a server that the options name: GUARD_CLIENT_ID, GUARD_CLIENT_SECRET, the server's credentials at AM.",
            "SIGHUP reads the file again and drops no stream; SIGTERM stops when what is under way has ended."
        })
public final class ProxyFlags {
    private static final int DAY = 86_400;

    @Option(names = "--config", paramLabel = "FILE", description = "all settings, for one server or many, as YAML")
    private Path config;

    @Option(names = "--check", description = "only say whether the settings are right")
    private boolean check;

    @Option(names = "--upstream", paramLabel = "URL", description = "the MCP server, such as http://127.0.0.1:3000/mcp")
    private String upstream;

    @Option(names = "--domain", paramLabel = "URL", description = "the AM domain at the gateway")
    private String domain;

    @Option(
            names = "--resource",
            paramLabel = "URL",
            description = "the URL that clients use, as registered at AM (http://HOST:PORT/mcp); its path is served")
    private String resource;

    @Option(names = "--also", description = "other URLs of the same server at AM, with commas")
    private String also = "";

    @Option(names = "--host", defaultValue = "127.0.0.1", description = "the address to listen on (${DEFAULT-VALUE})")
    private String host;

    @Option(
            names = "--port",
            defaultValue = "9200",
            description = "the port; 0 takes a free one, then --resource is needed (${DEFAULT-VALUE})")
    private String port;

    @Option(
            names = "--management-port",
            description = "where health and metrics are told, on the same address (nowhere)")
    private String managementPort;

    @Option(names = "--tokens", defaultValue = "introspection", description = "introspection or jwt (${DEFAULT-VALUE})")
    private String tokens;

    @Option(
            names = "--dpop",
            defaultValue = "accepted",
            description =
                    "accepted or required: whether tokens that are bound to no key are refused (${DEFAULT-VALUE})")
    private String dpop;

    @Option(
            names = "--subject",
            defaultValue = "username",
            description = "username or sub, as the engine's setting 'subject' (${DEFAULT-VALUE})")
    private String subject;

    @Option(names = "--open", description = "methods that a valid token alone opens, with commas, such as prompts/list")
    private String open = "";

    @Option(names = "--scopes", description = "scopes that clients are told of, with commas")
    private String scopes = "";

    @Option(
            names = "--body-bytes",
            defaultValue = "1048576",
            description = "how long a request may be (${DEFAULT-VALUE})")
    private String bodyBytes;

    @Option(
            names = "--answer-seconds",
            defaultValue = "60",
            description = "how long the server may take until its answer begins (${DEFAULT-VALUE})")
    private String answerSeconds;

    @Option(
            names = "--idle-seconds",
            defaultValue = "300",
            description = "how long a stream may be silent before it is closed (${DEFAULT-VALUE})")
    private String idleSeconds;

    @Option(
            names = "--heartbeat-seconds",
            defaultValue = "15",
            description = "how long a client of a stream is left without a sign of life (${DEFAULT-VALUE})")
    private String heartbeatSeconds;

    @Option(
            names = "--requests",
            defaultValue = "64",
            description = "how many requests of one caller are under way at most (${DEFAULT-VALUE})")
    private String requests;

    @Option(
            names = "--streams",
            defaultValue = "16",
            description = "how many streams one caller has open at most (${DEFAULT-VALUE})")
    private String streams;

    @CommandLine.Mixin
    private TryFlags tryFlags = new TryFlags();

    @Option(names = "--help", usageHelp = true, description = "this text")
    private boolean help;

    private ProxyFlags() {}

    /**
     * @param arguments of the command line
     * @return the options, whose values are looked at by {@link #settings} alone
     * @throws SettingsException when a name is unknown or lacks its value
     */
    public static ProxyFlags parse(List<String> arguments) {
        ProxyFlags flags = new ProxyFlags();
        try {
            new CommandLine(flags).setOverwrittenOptionsAllowed(true).parseArgs(arguments.toArray(String[]::new));
        } catch (ParameterException wrong) {
            throw new SettingsException(wrong.getMessage() + ".");
        }
        return flags;
    }

    /**
     * @return the text of {@code --help}
     */
    public static String usage() {
        return new CommandLine(new ProxyFlags()).getUsageMessage();
    }

    /**
     * @param arguments of the command line
     * @param environment of the process
     * @return the settings
     * @throws SettingsException when something is missing or wrong; the message says what
     */
    public static ProxySettings read(List<String> arguments, Map<String, String> environment) {
        return parse(arguments).settings(environment);
    }

    /**
     * @return what a try of a guarded server is told
     */
    public TryFlags tryFlags() {
        return tryFlags;
    }

    /**
     * @return whether only the text of {@code --help} is wanted
     */
    public boolean isHelp() {
        return help;
    }

    /**
     * @return whether the settings are only to be looked at
     */
    public boolean isCheck() {
        return check;
    }

    /**
     * @param environment of the process
     * @return the settings, of the file where one is named
     * @throws SettingsException when something is missing or wrong; the message says what
     */
    public ProxySettings settings(Map<String, String> environment) {
        if (!tryFlags.words().isEmpty()) {
            throw new SettingsException(
                    "'" + tryFlags.words().get(0) + "' is no option; list and call belong to --try.");
        }
        if (config != null) {
            if (upstream != null || domain != null || resource != null) {
                throw new SettingsException("With --config the file names the servers: leave the other options out.");
            }
            return SettingsFile.read(config, environment);
        }
        int number = FlagValues.number("--port", port, 0, 65_535);
        if (number == 0 && resource == null) {
            throw new SettingsException("With --port 0 nobody knows the URL that clients use: give --resource.");
        }
        return new ProxySettings(
                ListenSettings.plain(host, number),
                Optional.ofNullable(managementPort)
                        .map(given ->
                                ListenSettings.plain(host, FlagValues.number("--management-port", given, 0, 65_535))),
                List.of(server(environment, resource == null ? "http://" + host + ":" + port + "/mcp" : resource)),
                Optional.empty());
    }

    private GuardedSettings server(Map<String, String> environment, String identifier) {
        return new GuardedSettings(
                "mcp",
                guard(environment, identifier),
                ClientTls.usual(),
                new UpstreamSettings.Http(upstream(), ClientTls.usual(), true),
                new StreamTimes(
                        FlagValues.seconds("--answer-seconds", answerSeconds, 3600),
                        FlagValues.seconds("--idle-seconds", idleSeconds, DAY),
                        FlagValues.seconds("--heartbeat-seconds", heartbeatSeconds, 3600)),
                IdentitySettings.usual());
    }

    private GuardConfiguration guard(Map<String, String> environment, String identifier) {
        CallerLimits usual = CallerLimits.usual();
        CallerLimits callers = new CallerLimits(
                FlagValues.number("--requests", requests, 1, 100_000),
                FlagValues.number("--streams", streams, 1, 100_000),
                usual.checksByAddress(),
                usual.bodyTime());
        return GuardConfiguration.of(
                        FlagValues.required("--domain", domain),
                        identifier,
                        FlagValues.variable(environment, "GUARD_CLIENT_ID"),
                        FlagValues.variable(environment, "GUARD_CLIENT_SECRET"))
                .withOtherResources(FlagValues.list(also))
                .withAdvertised(Advertised.nothing().withScopesSupported(FlagValues.list(scopes)))
                .withProofs(
                        FlagValues.choice("--dpop", dpop, "accepted", "required")
                                        .equals("required")
                                ? ProofRules.usual().asRequired()
                                : ProofRules.usual())
                .withTokens(
                        FlagValues.choice("--tokens", tokens, "introspection", "jwt")
                                        .equals("jwt")
                                ? TokenValidation.jwt()
                                : TokenValidation.introspection())
                .withRules(Rules.usual()
                        .withOpenMethods(Set.copyOf(FlagValues.list(open)))
                        .withSubject(
                                FlagValues.choice("--subject", subject, "username", "sub")
                                                .equals("sub")
                                        ? SubjectRule.sub()
                                        : SubjectRule.username()))
                .withLimits(Limits.usual()
                        .withCallers(callers)
                        .withBodyBytes(FlagValues.number("--body-bytes", bodyBytes, 1, 1 << 28)));
    }

    private URI upstream() {
        try {
            return UpstreamReader.usable(FlagValues.required("--upstream", upstream));
        } catch (SettingsException missing) {
            throw missing;
        } catch (IllegalArgumentException wrong) {
            throw new SettingsException("--upstream " + wrong.getMessage());
        }
    }
}
