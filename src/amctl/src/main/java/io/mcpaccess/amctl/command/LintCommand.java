package io.mcpaccess.amctl.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.amctl.am.Json;
import io.mcpaccess.amctl.terminal.CommandFailure;
import io.mcpaccess.amctl.terminal.ExitCode;
import io.mcpaccess.amctl.terminal.Output;
import io.mcpaccess.openfga.embedded.evaluation.ModelRemark;
import io.mcpaccess.openfga.embedded.store.ModelFiles;
import io.mcpaccess.openfga.embedded.store.StoreFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lint}: what OpenFGA's newer way to decide has no place for, in this process. */
@Command(
        name = "lint",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description = {
            "Looks models through for what OpenFGA's newer way to decide (1.18 and newer) has no place for.",
            "Needs no AM and no OpenFGA. Exit code 10 where there is something to mend, 2 where a file cannot be used."
        })
public final class LintCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "Models (.fga, .json), lists of modules (fga.mod) or store files (.yaml).")
    private List<Path> files;

    @Option(names = "--json", description = "Answer in JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Output output =
                new Output(spec.commandLine().getOut(), spec.commandLine().getErr());
        Map<Path, List<ModelRemark>> found = new LinkedHashMap<>();
        files.forEach(file -> found.put(file, remarks(file)));
        if (json) {
            output.json(asJson(found));
        } else {
            found.forEach((file, remarks) -> {
                if (remarks.isEmpty()) {
                    output.line(file + ": nothing to mend");
                }
                remarks.forEach(remark -> output.line(file + ": " + remark));
            });
        }
        boolean isClean = found.values().stream().allMatch(List::isEmpty);
        return (isClean ? ExitCode.DONE : ExitCode.UNMET).number();
    }

    private static List<ModelRemark> remarks(Path file) {
        try {
            return ModelFiles.remarks(file);
        } catch (StoreFileException e) {
            throw new CommandFailure(ExitCode.USAGE, e.getMessage());
        } catch (IOException e) {
            throw CommandFailure.unreadable(file, e);
        }
    }

    private static ArrayNode asJson(Map<Path, List<ModelRemark>> found) {
        ArrayNode all = Json.array();
        found.forEach((file, remarks) -> {
            ObjectNode one = all.addObject().put("file", file.toString());
            ArrayNode list = one.putArray("remarks");
            remarks.forEach(remark -> list.addObject()
                    .put("type", remark.type())
                    .put("relation", remark.relation())
                    .put("kind", remark.kind().name().toLowerCase(Locale.ROOT))
                    .put("text", remark.toString()));
        });
        return all;
    }
}
