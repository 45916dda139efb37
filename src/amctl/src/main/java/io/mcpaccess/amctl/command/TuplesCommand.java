package io.mcpaccess.amctl.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpaccess.amctl.tuples.ToolForm;
import io.mcpaccess.amctl.tuples.TupleEdit;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tuples}: permissions in the engine's store. */
@Command(
        name = "tuples",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description = "Permissions as files of tuples, and from one way of naming tools to the other.",
        subcommands = {
            TupleExportCommand.class,
            TuplesCommand.Import.class,
            TuplesCommand.Remove.class,
            TuplesCommand.Qualify.class,
            TuplesCommand.Unqualify.class
        })
public final class TuplesCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    /** There is nothing that it does by itself. */
    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "Say which: tuples export, tuples import, tuples remove, tuples qualify or tuples unqualify.");
    }

    /** {@code tuples import}. */
    @Command(
            name = "import",
            sortOptions = false,
            description = "Writes the tuples of a file that the store lacks, or has with another condition; a plan with"
                    + " who gains and who loses first. Others stay.")
    public static final class Import extends TupleFileCommand {
        @Override
        TupleEdit edit(Iterable<JsonNode> fromFile, List<JsonNode> store) {
            return TupleEdit.adding(fromFile, store);
        }
    }

    /** {@code tuples remove}. */
    @Command(
            name = "remove",
            sortOptions = false,
            description = "Removes the tuples of a file from the store; a plan with who gains and who loses first.")
    public static final class Remove extends TupleFileCommand {
        @Override
        TupleEdit edit(Iterable<JsonNode> fromFile, List<JsonNode> store) {
            return TupleEdit.removing(fromFile, store);
        }
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
