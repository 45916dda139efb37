package io.mcpaccess.amctl.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.mcpaccess.amctl.am.AmClient;
import io.mcpaccess.amctl.am.ManagedDomain;
import io.mcpaccess.amctl.replay.LocalStore;
import io.mcpaccess.amctl.terminal.CommandFailure;
import io.mcpaccess.amctl.terminal.ExitCode;
import io.mcpaccess.amctl.terminal.Output;
import io.mcpaccess.amctl.terminal.WrittenFile;
import io.mcpaccess.openfga.embedded.store.TupleCsv;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tuples export}: the store's tuples as a file. */
@Command(
        name = "export",
        sortOptions = false,
        description =
                "Writes the tuples of the engine's store as a list in JSON, one a line, or as CSV, which OpenFGA's own"
                        + " command line and tuples import take.")
public final class TupleExportCommand extends DomainCommand {
    /** Names are of others: what a terminal could take for a command is written out. */
    private static final ObjectMapper PLAIN =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to; standard output unless given.")
    private Path file;

    @Option(
            names = "--format",
            paramLabel = "json|csv",
            description = "csv: the columns user_type, user_id, user_relation, relation, object_type, object_id,"
                    + " condition_name, condition_context. json unless the file's name ends with .csv.")
    private TupleFormat format;

    /** How tuples are written. */
    enum TupleFormat {
        json,
        csv
    }

    @Override
    ExitCode run(AmClient am, ManagedDomain domain, Output output) {
        output.note("Reading tuples …");
        List<JsonNode> tuples = domain.openEngine().tuples();
        boolean isCsv = format == null ? file != null && TupleFiles.isCsv(file) : format == TupleFormat.csv;
        String text = isCsv ? csv(tuples) : text(tuples);
        if (file == null) {
            output.raw(text);
            return ExitCode.DONE;
        }
        WrittenFile.of(file, text);
        output.note(tuples.size() + " tuples written to " + file + ".");
        return ExitCode.DONE;
    }

    private static String csv(List<JsonNode> tuples) {
        String text = TupleCsv.write(tuples.stream().map(LocalStore::tuple).toList());
        if (!text.equals(Output.printable(text))) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "A name in the store has hidden characters, which CSV cannot write out: use JSON.");
        }
        return text;
    }

    private static String line(JsonNode tuple) {
        try {
            return PLAIN.writeValueAsString(tuple);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of JSON nodes can always be written", e);
        }
    }

    static String text(List<JsonNode> tuples) {
        return tuples.stream().map(TupleExportCommand::line).collect(Collectors.joining(",\n  ", "[\n  ", "\n]\n"));
    }
}
