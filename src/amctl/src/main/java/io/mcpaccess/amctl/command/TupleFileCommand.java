package io.mcpaccess.amctl.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.amctl.am.AmClient;
import io.mcpaccess.amctl.am.AmEngine;
import io.mcpaccess.amctl.am.Json;
import io.mcpaccess.amctl.am.ManagedDomain;
import io.mcpaccess.amctl.grants.StoredGrant;
import io.mcpaccess.amctl.impact.ImpactText;
import io.mcpaccess.amctl.terminal.CommandFailure;
import io.mcpaccess.amctl.terminal.ExitCode;
import io.mcpaccess.amctl.terminal.Output;
import io.mcpaccess.amctl.tuples.TupleEdit;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands that change a store by a file of tuples; a plan with its impact first. */
abstract class TupleFileCommand extends DomainCommand {
    private static final int EACH = 100;
    private static final int SHOWN = 50;

    @Parameters(
            index = "1",
            paramLabel = "FILE",
            description = "Tuples as a list, YAML or JSON, as CSV (.csv), or a store file with tuples in it.")
    private Path file;

    @Option(
            names = {"-a", "--apply"},
            description = "Do it.")
    private boolean apply;

    private ArrayNode tuples;

    @Override
    final void checkOptions() {
        JsonNode root = TupleFiles.read(file);
        tuples = TupleFiles.tuples(file, root.isArray() ? root : root.path("tuples"));
        if (tuples.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    file + ": there are no tuples in it. A list of {user, relation, object} is expected.");
        }
    }

    abstract TupleEdit edit(Iterable<JsonNode> fromFile, List<JsonNode> store);

    @Override
    final ExitCode run(AmClient am, ManagedDomain domain, Output output) {
        AmEngine engine = domain.openEngine();
        output.note("Reading tuples …");
        TupleEdit edit = edit(tuples, engine.tuples());
        JsonNode impact = edit.isNone() ? Json.object() : TryOut.impact(engine, edit.json(), output);
        if (apply) {
            edit.apply(engine, done -> {
                if (done % EACH == 0) {
                    output.note(done + " done …");
                }
            });
        }
        if (isJson()) {
            ObjectNode json = edit.json().put("unchanged", edit.unchanged()).put("applied", apply && !edit.isNone());
            json.set("impact", impact);
            output.json(json);
        } else {
            show("delete", edit.deletes(), output);
            show("write ", edit.writes(), output);
            if (!edit.isNone()) {
                ImpactText.lines(impact, false).forEach(output::line);
            }
            output.line(
                    edit.isNone()
                            ? "Nothing to do."
                            : apply ? "Done." : "A plan: nothing was changed. --apply does it.");
        }
        return ExitCode.DONE;
    }

    private static void show(String what, List<JsonNode> tuples, Output output) {
        tuples.stream().limit(SHOWN).forEach(tuple -> output.line("  " + what + " " + new StoredGrant(tuple).words()));
        if (tuples.size() > SHOWN) {
            output.line("  " + what + " " + (tuples.size() - SHOWN) + " more");
        }
    }
}
