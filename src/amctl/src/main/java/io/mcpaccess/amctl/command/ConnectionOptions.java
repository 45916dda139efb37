package io.mcpaccess.amctl.command;

import io.mcpaccess.amctl.am.AmClient;
import io.mcpaccess.amctl.terminal.CommandFailure;
import io.mcpaccess.amctl.terminal.ExitCode;
import io.mcpaccess.amctl.terminal.Secrets;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where AM's management API is, and who asks. */
public final class ConnectionOptions {
    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "AM's management API, such as https://am.example.com/management (AMCTL_URL).")
    private String url;

    @Option(
            names = "--organization",
            paramLabel = "ID",
            description = "AM's organization; DEFAULT unless given (AMCTL_ORGANIZATION).")
    private String organization;

    @Option(
            names = "--environment",
            paramLabel = "ID",
            description = "AM's environment; DEFAULT unless given (AMCTL_ENVIRONMENT).")
    private String environment;

    @Option(names = "--username", paramLabel = "NAME", description = "A user of AM's console (AMCTL_USERNAME).")
    private String username;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "A file with the user's password (or AMCTL_PASSWORD).")
    private Path passwordFile;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "A file with a token of the management API, instead of user and password (or AMCTL_TOKEN).")
    private Path tokenFile;

    AmClient connect(Secrets secrets) {
        URI base = base(secrets.plain(url, "AMCTL_URL")
                .orElseThrow(() -> usage("Where is AM's management API? Give --url or AMCTL_URL.")));
        Optional<String> token = passwordFile == null ? secrets.read(tokenFile, "AMCTL_TOKEN") : Optional.empty();
        if (token.isPresent()) {
            return AmClient.withToken(base, token.get());
        }
        String name = secrets.plain(username, "AMCTL_USERNAME")
                .orElseThrow(() -> usage("Who asks? Give --username or AMCTL_USERNAME, or a token."));
        String password = secrets.read(passwordFile, "AMCTL_PASSWORD")
                .orElseThrow(() -> usage("The password is missing: AMCTL_PASSWORD, or a file with --password-file."));
        return AmClient.signIn(base, name, password);
    }

    String organization(Secrets secrets) {
        return secrets.plain(organization, "AMCTL_ORGANIZATION").orElse("DEFAULT");
    }

    String environment(Secrets secrets) {
        return secrets.plain(environment, "AMCTL_ENVIRONMENT").orElse("DEFAULT");
    }

    private static URI base(String url) {
        try {
            URI base = URI.create(url.replaceFirst("/+$", ""));
            boolean isHttp = "https".equalsIgnoreCase(base.getScheme()) || "http".equalsIgnoreCase(base.getScheme());
            if (isHttp && base.getHost() != null && base.getRawUserInfo() == null && base.getRawQuery() == null) {
                return base;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw usage("--url must be like https://am.example.com/management.");
    }

    private static CommandFailure usage(String message) {
        return new CommandFailure(ExitCode.USAGE, message);
    }
}
