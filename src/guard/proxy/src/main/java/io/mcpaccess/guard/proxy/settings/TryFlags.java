package io.mcpaccess.guard.proxy.settings;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of a try of any guarded server. */
public final class TryFlags {
    @Option(
            names = "--try",
            paramLabel = "URL",
            description =
                    "a client for people: logs in and calls tools of any guarded server. Behind it: list, or call TOOL"
                            + " JSON, or nothing for a page; --client-id names an application of AM with the redirect URI"
                            + " http://127.0.0.1:8976/callback, GUARD_TRY_SECRET holds its secret, if any")
    private URI tried;

    @Option(names = "--client-id", description = "see --try")
    private String tryClientId;

    @Option(names = "--callback-port", defaultValue = "8976", description = "see --try (${DEFAULT-VALUE})")
    private String callbackPort;

    @Parameters(arity = "0..3", hidden = true)
    private List<String> words = List.of();

    /**
     * @return the guarded server that is tried; empty to run a proxy
     */
    public Optional<URI> tried() {
        return Optional.ofNullable(tried);
    }

    /**
     * @return the application that a try logs in with
     * @throws SettingsException when it is missing
     */
    public String tryClientId() {
        return FlagValues.required("--client-id", tryClientId);
    }

    /**
     * @return the port of the callback of a try
     */
    public int callbackPort() {
        return FlagValues.number("--callback-port", callbackPort, 0, 65_535);
    }

    /**
     * @return what a try does
     */
    public List<String> words() {
        return List.copyOf(words);
    }
}
