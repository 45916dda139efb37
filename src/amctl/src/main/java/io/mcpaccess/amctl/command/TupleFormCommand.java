package io.mcpaccess.amctl.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.amctl.am.AmClient;
import io.mcpaccess.amctl.am.AmEngine;
import io.mcpaccess.amctl.am.Json;
import io.mcpaccess.amctl.am.ManagedDomain;
import io.mcpaccess.amctl.terminal.ExitCode;
import io.mcpaccess.amctl.terminal.Output;
import io.mcpaccess.amctl.tuples.ToolForm;
import io.mcpaccess.amctl.tuples.TupleMoves;
import io.mcpaccess.amctl.tuples.TupleMoves.Change;
import io.mcpaccess.amctl.tuples.TupleMoves.Move;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/** The commands that move tuples from one form of naming tools to the other; a plan first. */
abstract class TupleFormCommand extends DomainCommand {
    private static final int EACH = 100;

    private final ToolForm to;

    @Option(names = "--apply", description = "Do it.")
    private boolean apply;

    TupleFormCommand(ToolForm to) {
        this.to = to;
    }

    @Override
    ExitCode run(AmClient am, ManagedDomain domain, Output output) {
        output.note("Reading tuples and MCP servers …");
        AmEngine store = domain.openEngine();
        ToolForm engine =
                ToolForm.of(domain.engineConfiguration().path("toolObject").asText(""));
        List<Move> moves = new TupleMoves(store.tuples(), store.mcpServers(), to, engine).moves();
        if (apply) {
            write(store, moves, output);
        }
        boolean changes = moves.stream().anyMatch(move -> move.adds() || move.removes());
        if (isJson()) {
            output.json(json(moves, apply && changes, engine));
        } else {
            moves.forEach(move -> output.line(line(move)));
            output.line(end(moves, changes, engine));
        }
        return moves.stream().anyMatch(move -> move.change() == Change.REFUSED) ? ExitCode.REFUSED : ExitCode.DONE;
    }

    /** New tuples first: a call that breaks off leaves permissions twice, never away; repeated, it finishes. */
    private static void write(AmEngine store, List<Move> moves, Output output) {
        int done = 0;
        for (Move move : moves) {
            if (move.adds()) {
                store.addTuple(move.to());
                progress(++done, output);
            }
        }
        for (Move move : moves) {
            if (move.removes()) {
                store.removeTuple(move.from());
                progress(++done, output);
            }
        }
    }

    private static void progress(int done, Output output) {
        if (done % EACH == 0) {
            output.note(done + " tuples written …");
        }
    }

    private static String line(Move move) {
        return String.format(
                        Locale.ROOT, "  %-9s %s", move.change().name().toLowerCase(Locale.ROOT), words(move.from()))
                + (move.change() == Change.REFUSED ? ": " + move.reason() : " -> " + words(move.to()));
    }

    private static String words(JsonNode tuple) {
        return tuple.path("user").asText() + " " + tuple.path("relation").asText() + " "
                + tuple.path("object").asText()
                + (tuple.hasNonNull("condition")
                        ? " with " + tuple.path("condition").path("name").asText()
                        : "");
    }

    private String end(List<Move> moves, boolean changes, ToolForm engine) {
        if (!changes) {
            boolean waits = moves.stream().anyMatch(move -> move.change() == Change.UNCHANGED);
            return waits ? "Nothing to do. " + next(engine) : "Nothing to do.";
        }
        String did = apply ? "Done." : "A plan: nothing was changed. --apply does it.";
        return engine == to ? did : did + " " + next(engine);
    }

    private String next(ToolForm engine) {
        return "The engine still reads " + engine.template() + ": set its toolObject to " + to.template()
                + " in the console, and call this again, which removes the old tuples.";
    }

    private ObjectNode json(List<Move> moves, boolean applied, ToolForm engine) {
        ObjectNode json = Json.object()
                .put("applied", applied)
                .put("toolObject", engine.template())
                .put("wanted", to.template());
        ArrayNode list = json.putArray("tuples");
        for (Move move : moves) {
            ObjectNode entry =
                    list.addObject().put("change", move.change().name().toLowerCase(Locale.ROOT));
            entry.set("from", move.from());
            entry.set("to", move.to());
            if (!move.reason().isEmpty()) {
                entry.put("reason", move.reason());
            }
        }
        return json;
    }
}
