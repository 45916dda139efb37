package io.mcpaccess.amctl;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.amctl.am.AmFailure;
import io.mcpaccess.amctl.am.Json;
import io.mcpaccess.amctl.command.AuditCommand;
import io.mcpaccess.amctl.command.CheckCommand;
import io.mcpaccess.amctl.command.DeclareCommand;
import io.mcpaccess.amctl.command.DoctorCommand;
import io.mcpaccess.amctl.command.DomainsCommand;
import io.mcpaccess.amctl.command.DriftCommand;
import io.mcpaccess.amctl.command.ExplainCommand;
import io.mcpaccess.amctl.command.GrantingCommand;
import io.mcpaccess.amctl.command.GrantsCommand;
import io.mcpaccess.amctl.command.ImpactCommand;
import io.mcpaccess.amctl.command.ImportCommand;
import io.mcpaccess.amctl.command.LintCommand;
import io.mcpaccess.amctl.command.MapCommand;
import io.mcpaccess.amctl.command.PageCommand;
import io.mcpaccess.amctl.command.PlanCommand;
import io.mcpaccess.amctl.command.ProtectCommand;
import io.mcpaccess.amctl.command.ReplayCommand;
import io.mcpaccess.amctl.command.ReviewCommand;
import io.mcpaccess.amctl.command.RevokeCommand;
import io.mcpaccess.amctl.command.ScopesCommand;
import io.mcpaccess.amctl.command.TestCommand;
import io.mcpaccess.amctl.command.TuplesCommand;
import io.mcpaccess.amctl.terminal.CommandFailure;
import io.mcpaccess.amctl.terminal.ExitCode;
import io.mcpaccess.amctl.terminal.Output;
import io.mcpaccess.amctl.terminal.Secrets;
import io.mcpaccess.amctl.terminal.SecretsOwner;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command line. Its exit code is an {@link ExitCode}; what it answers is on standard output, progress and mistakes on
 * standard error.
 */
@Command(
        name = "amctl",
        description =
                "Registers MCP servers in Gravitee Access Management, and makes a domain ready for MCP access control.",
        subcommands = {
            ImportCommand.class,
            DeclareCommand.class,
            PlanCommand.class,
            DriftCommand.class,
            ScopesCommand.class,
            MapCommand.class,
            CheckCommand.class,
            ExplainCommand.class,
            TuplesCommand.class,
            ProtectCommand.class,
            DoctorCommand.class,
            DomainsCommand.class,
            ImpactCommand.class,
            GrantingCommand.class,
            RevokeCommand.class,
            GrantsCommand.class,
            TestCommand.class,
            AuditCommand.class,
            ReplayCommand.class,
            LintCommand.class,
            ReviewCommand.class,
            PageCommand.class,
            AutoComplete.GenerateCompletion.class
        },
        mixinStandardHelpOptions = true,
        version = "amctl 0.2.0",
        sortOptions = false,
        footer = {
            "",
            "Where AM is, and who asks: --url, --username, --password-file or --token-file, or the environment:",
            "AMCTL_URL, AMCTL_USERNAME, AMCTL_PASSWORD or AMCTL_TOKEN, AMCTL_ORGANIZATION, AMCTL_ENVIRONMENT.",
            "What an MCP server is shown: AMCTL_MCP_TOKEN, or AMCTL_MCP_CLIENT_ID and AMCTL_MCP_CLIENT_SECRET.",
            "",
            "Exit codes:",
            "  0 done, nothing to do, or allowed",
            "  1 AM or the engine failed",
            "  2 the command line or a file is wrong",
            "  3 a part of the plan is refused",
            "  4 drift found",
            "  5 the check is denied",
            "  6 AM cannot be reached",
            "  7 AM does not take the credentials, or a right is missing",
            "  8 the doctor found something that has to be mended",
            "  9 impact: a change that nobody signed off; replay: a decision that would end otherwise",
            " 10 test: an assertion does not hold; lint: something to mend"
        })
public final class Amctl implements Runnable, SecretsOwner {
    private static final int WIDTH = 110;

    private final Map<String, String> environment;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    /**
     * A command line.
     *
     * @param environment the process's environment
     */
    public Amctl(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /**
     * The process.
     *
     * @param arguments the command and its options
     */
    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(List.of(arguments), System.getenv(), out, err));
    }

    /**
     * One call.
     *
     * @param arguments the command and its options
     * @param environment the process's environment
     * @param out takes the answer
     * @param err takes progress and mistakes
     * @return the exit code
     */
    public static int run(List<String> arguments, Map<String, String> environment, PrintWriter out, PrintWriter err) {
        Optional<String> refusal = SecretArguments.refusal(arguments);
        if (refusal.isPresent()) {
            err.println(refusal.get());
            return ExitCode.USAGE.number();
        }
        return new CommandLine(new Amctl(environment))
                .setOut(out)
                .setErr(err)
                .setUsageHelpWidth(WIDTH)
                .setParameterExceptionHandler(Amctl::wrongArguments)
                .setExecutionExceptionHandler(Amctl::failed)
                .execute(arguments.toArray(String[]::new));
    }

    /** The secrets that the environment holds. */
    @Override
    public Secrets secrets() {
        return new Secrets(environment);
    }

    /** This machine's. */
    @Override
    public InstantSource clock() {
        return InstantSource.system();
    }

    /** Without a command there is nothing to do but to say what there is. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command is missing.");
    }

    /** Picocli's own text repeats arguments, and one may be a secret that we did not recognise. */
    private static int wrongArguments(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        boolean mayQuote = !(failure instanceof UnmatchedArgumentException) && failure.getValue() == null;
        String text = failure instanceof UnmatchedArgumentException unmatched
                ? "There is no such command or option, or an argument too many" + options(unmatched.getUnmatched())
                        + "." + suggestions(unmatched)
                : mayQuote ? failure.getMessage() : unreadable(failure.getArgSpec());
        command.getErr().println(text);
        command.getErr().println("See " + command.getCommandSpec().qualifiedName() + " --help.");
        return ExitCode.USAGE.number();
    }

    private static String unreadable(ArgSpec argument) {
        String name = argument == null
                ? "an argument"
                : argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
        return argument != null && argument.type().isEnum()
                ? name + " must be one of " + String.join(", ", argument.completionCandidates()) + "."
                : "The value of " + name + " cannot be read.";
    }

    private static String suggestions(UnmatchedArgumentException unmatched) {
        List<String> names = unmatched.getSuggestions();
        return names.isEmpty() ? "" : " Did you mean " + String.join(" or ", names) + "?";
    }

    private static String options(List<String> unmatched) {
        List<String> names = unmatched.stream()
                .filter(argument -> argument.matches("(?s)--?[a-zA-Z][a-zA-Z-]*(=.*)?"))
                .map(argument -> argument.replaceFirst("(?s)=.*", ""))
                .toList();
        return names.isEmpty() ? "" : ": " + String.join(", ", names);
    }

    private static int failed(Exception failure, CommandLine command, ParseResult parsed) {
        int code = said(failure, command);
        if (isJson(parsed)) {
            String message = failure instanceof CommandFailure || failure instanceof AmFailure
                    ? failure.getMessage()
                    : "amctl itself failed.";
            ObjectNode json = Json.object();
            json.putObject("error").put("message", message).put("exitCode", code);
            new Output(command.getOut(), command.getErr()).json(json);
        }
        return code;
    }

    private static boolean isJson(ParseResult parsed) {
        ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        return last.hasMatchedOption("--json");
    }

    private static int said(Exception failure, CommandLine command) {
        if (failure instanceof CommandFailure known) {
            command.getErr().println(known.getMessage());
            return known.code().number();
        }
        if (failure instanceof AmFailure refused) {
            new Output(command.getOut(), command.getErr()).note(refused.getMessage());
            boolean isRight = refused.status() == 401 || refused.status() == 403;
            if (isRight) {
                command.getErr()
                        .println("Check user name, password or token, and the user's rights. AM also answers 403 to a"
                                + " domain that there is not.");
            }
            return (isRight ? ExitCode.UNAUTHORISED : ExitCode.FAILED).number();
        }
        command.getErr().println("amctl itself failed: " + failure.getClass().getSimpleName() + ". Please report it.");
        return ExitCode.FAILED.number();
    }
}
