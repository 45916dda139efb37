package io.mcpaccess.amctl;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds arguments that look like secrets. Other users of the machine see a process's arguments, shells and pipelines keep
 * them; so there is no option for a secret, and one that somebody tries is refused before anything repeats it.
 */
final class SecretArguments {
    private static final Pattern OPTION = Pattern.compile(
            "--?(?:[a-z]+-)*(?:password|passwd|pass|secret|token|bearer|credential|credentials|api-?key)(?:=.*)?",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern VALUE = Pattern.compile(
            "(?:(?:bearer|basic) \\S+|eyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\..*|(?:--?[a-z-]+=)?[a-z]+://[^/@\\s]*:[^/@\\s]*@.*)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private SecretArguments() {}

    /**
     * Looks through the arguments.
     *
     * @param arguments as they came
     * @return what to say instead of going on; never the argument's value
     */
    static Optional<String> refusal(List<String> arguments) {
        return arguments.stream()
                .filter(argument -> OPTION.matcher(argument).matches()
                        || VALUE.matcher(argument).matches())
                .findFirst()
                .map(argument -> (OPTION.matcher(argument).matches()
                                ? "The option " + argument.replaceFirst("(?s)=.*", "") + " looks"
                                : "An argument looks")
                        + " like a secret. Secrets do not belong on a command line, where other users and logs see them."
                        + " Put it into the environment (AMCTL_PASSWORD, AMCTL_TOKEN, AMCTL_MCP_TOKEN,"
                        + " AMCTL_MCP_CLIENT_SECRET) or a file (--password-file, --token-file, --mcp-token-file,"
                        + " --mcp-secret-file). If it went into your shell's history, change it.");
    }
}
