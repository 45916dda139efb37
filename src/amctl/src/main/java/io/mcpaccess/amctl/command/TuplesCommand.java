package io.mcpaccess.amctl.command;

import io.mcpaccess.amctl.tuples.ToolForm;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tuples}: permissions in the engine's store. */
@Command(
        name = "tuples",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description = "Moves permissions from one way of naming tools to the other.",
        subcommands = {TuplesCommand.Qualify.class, TuplesCommand.Unqualify.class})
public final class TuplesCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    /** There is nothing that it does by itself. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say which: tuples qualify or tuples unqualify.");
    }

    /** {@code tuples qualify}. */
    @Command(
            name = "qualify",
            sortOptions = false,
            description = {
                "From tool:{tool} to tool:{server}/{tool}; a plan first.",
                "Copies while the engine reads the old form, and removes the old tuples once it reads the new one."
            })
    public static final class Qualify extends TupleFormCommand {
        /** A command. */
        public Qualify() {
            super(ToolForm.QUALIFIED);
        }
    }

    /** {@code tuples unqualify}. */
    @Command(
            name = "unqualify",
            sortOptions = false,
            description = "From tool:{server}/{tool} back to tool:{tool}; a plan first.")
    public static final class Unqualify extends TupleFormCommand {
        /** A command. */
        public Unqualify() {
            super(ToolForm.PLAIN);
        }
    }
}
