package io.mcpaccess.amctl.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.amctl.am.AmClient;
import io.mcpaccess.amctl.am.Json;
import io.mcpaccess.amctl.am.ManagedDomain;
import io.mcpaccess.amctl.impact.FailRule;
import io.mcpaccess.amctl.impact.ImpactLine;
import io.mcpaccess.amctl.impact.ImpactText;
import io.mcpaccess.amctl.impact.SignedOff;
import io.mcpaccess.amctl.terminal.CommandFailure;
import io.mcpaccess.amctl.terminal.ExitCode;
import io.mcpaccess.amctl.terminal.Output;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code impact}: what a change would do to everybody. */
@Command(
        name = "impact",
        sortOptions = false,
        description = {
            "Says who would gain and who would lose which call by a change, and changes nothing.",
            "With --fail-on it is a check for a pipeline: exit code 9 where nobody signed a change off."
        })
public final class ImpactCommand extends DomainCommand {

    /** The forms of an answer. */
    public enum Form {
        /** For a person. */
        text,
        /** As the registry gives it. */
        json,
        /** For a spreadsheet, one line a subject and tool. */
        csv
    }

    @Option(
            names = "--model",
            paramLabel = "FILE",
            description = "Another model: OpenFGA's language, JSON, or fga.mod.")
    private Path model;

    @Option(
            names = "--store",
            paramLabel = "FILE",
            description = "A store file: its model and its tuples, as all that there shall be.")
    private Path store;

    @Option(names = "--tuples", paramLabel = "FILE", description = "Tuples to write: a list in YAML or JSON.")
    private Path tuples;

    @Option(names = "--remove", paramLabel = "FILE", description = "Tuples to delete: a list in YAML or JSON.")
    private Path removed;

    @Option(
            names = "--write",
            paramLabel = "'USER RELATION OBJECT'",
            description = "A tuple to write; may be repeated.")
    private List<String> writes = List.of();

    @Option(
            names = "--delete",
            paramLabel = "'USER RELATION OBJECT'",
            description = "A tuple to delete; may be repeated.")
    private List<String> deletes = List.of();

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "Servers to declare, as declare takes them.")
    private Path servers;

    @Option(names = "--prune", description = "With --file: tools that are not declared go.")
    private boolean prune;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "A setting of the engine: toolObject, checkClient and others; may be repeated.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--context", paramLabel = "JSON", description = "Values for conditions, a JSON object.")
    private String context;

    @Option(names = "--explain", description = "Show the path that grants each.")
    private boolean explain;

    @Option(names = "--format", paramLabel = "FORM", description = "${COMPLETION-CANDIDATES}; text unless given.")
    private Form format;

    @Option(
            names = "--fail-on",
            paramLabel = "CHANGE",
            description = "${COMPLETION-CANDIDATES}; never unless given. Exit code 9 where one was not signed off.")
    private FailRule failOn = FailRule.never;

    @Option(
            names = "--allow",
            paramLabel = "FILE",
            description = "Changes that are signed off, one a line: gains user:alice refund_invoice; * for any.")
    private Path allow;

    private ObjectNode change;
    private SignedOff signedOff = SignedOff.NOTHING;

    @Override
    void checkOptions() {
        change = Json.object();
        if (store != null) {
            JsonNode file = TupleFiles.read(store);
            TupleFiles.model(store, file).ifPresent(text -> change.put("model", text));
            change.set("tuples", TupleFiles.tuples(store, file.path("tuples")));
        }
        if (model != null) {
            change.put("model", TupleFiles.model(model));
        }
        change.set("writes", TupleFiles.tuples(tuples, writes));
        change.set("deletes", TupleFiles.tuples(removed, deletes));
        addServers();
        addSettings();
        if (context != null) {
            change.set("context", Json.read(context));
        }
        if (allow != null) {
            try {
                signedOff = SignedOff.read(TupleFiles.text(allow));
            } catch (IllegalArgumentException e) {
                throw new CommandFailure(ExitCode.USAGE, allow + ": " + e.getMessage() + ".");
            }
        }
    }

    private void addServers() {
        if (servers == null) {
            return;
        }
        ArrayNode list = change.putArray("servers");
        for (Declaration declaration : new ServersFile(servers, secrets()).read()) {
            if (!declaration.path().equals(Declaration.DECLARE)) {
                throw new CommandFailure(
                        ExitCode.USAGE,
                        declaration.name() + " is imported, and what a live server offers is not known before: look at"
                                + " amctl import --dry-run.");
            }
            list.add(declaration.body());
        }
        change.put("prune", prune);
    }

    private void addSettings() {
        ObjectNode json = change.putObject("settings");
        settings.forEach((name, value) -> {
            if (name.equals("shadowServers")) {
                ArrayNode names = json.putArray(name);
                List.of(value.split(",")).forEach(names::add);
            } else if (name.equals("checkClient")) {
                json.put(name, Boolean.parseBoolean(value));
            } else {
                json.put(name, value);
            }
        });
    }

    @Override
    ExitCode run(AmClient am, ManagedDomain domain, Output output) {
        JsonNode impact = TryOut.impact(domain.openEngine(), change, output);
        Form form = format != null ? format : isJson() ? Form.json : Form.text;
        switch (form) {
            case json -> output.json(impact);
            case csv -> output.raw(ImpactText.csv(impact));
            case text -> ImpactText.lines(impact, explain).forEach(output::line);
        }
        if (failOn == FailRule.never) {
            return ExitCode.DONE;
        }
        if (!impact.path("complete").asBoolean()) {
            output.note("Not everything was looked at or listed, so it cannot be said that all is signed off.");
            return ExitCode.IMPACT;
        }
        Optional<ImpactLine> missing = signedOff.missing(ImpactLine.of(impact), failOn);
        missing.ifPresent(
                line -> output.note("Not signed off: " + line.change() + " " + line.subject() + " " + line.tool()));
        return missing.isPresent() ? ExitCode.IMPACT : ExitCode.DONE;
    }
}
