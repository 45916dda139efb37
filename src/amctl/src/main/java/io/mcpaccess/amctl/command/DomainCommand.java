package io.mcpaccess.amctl.command;

import io.mcpaccess.amctl.am.AmClient;
import io.mcpaccess.amctl.am.ManagedDomain;
import io.mcpaccess.amctl.am.ManagedDomains;
import io.mcpaccess.amctl.terminal.ExitCode;
import io.mcpaccess.amctl.terminal.Output;
import io.mcpaccess.amctl.terminal.Secrets;
import io.mcpaccess.amctl.terminal.SecretsOwner;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What the commands about one domain share. */
abstract class DomainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "DOMAIN", description = "The domain's id or name.")
    private String domain;

    @Mixin
    private ConnectionOptions connection;

    @Option(names = "--json", description = "Answer in JSON.")
    private boolean json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Override
    public final Integer call() {
        checkOptions();
        AmClient am = connection.connect(secrets());
        ManagedDomain found = new ManagedDomains(
                        am, connection.organization(secrets()), connection.environment(secrets()))
                .find(domain);
        Output output =
                new Output(spec.commandLine().getOut(), spec.commandLine().getErr());
        return run(am, found, output).number();
    }

    /** Everything that can be wrong before AM is asked. */
    void checkOptions() {}

    /** Does it. */
    abstract ExitCode run(AmClient am, ManagedDomain domain, Output output);

    final boolean isJson() {
        return json;
    }

    /** What time it is. */
    final Instant now() {
        return ((SecretsOwner) spec.root().userObject()).clock().instant();
    }

    final Secrets secrets() {
        return ((SecretsOwner) spec.root().userObject()).secrets();
    }
}
