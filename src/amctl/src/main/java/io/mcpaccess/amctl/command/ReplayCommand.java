package io.mcpaccess.amctl.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.amctl.am.AmClient;
import io.mcpaccess.amctl.am.AmEngine;
import io.mcpaccess.amctl.am.Json;
import io.mcpaccess.amctl.am.ManagedDomain;
import io.mcpaccess.amctl.audit.AuditReader;
import io.mcpaccess.amctl.replay.LocalStore;
import io.mcpaccess.amctl.replay.QuestionNames;
import io.mcpaccess.amctl.replay.Replay;
import io.mcpaccess.amctl.replay.Replay.Apart;
import io.mcpaccess.amctl.replay.Replay.Flip;
import io.mcpaccess.amctl.terminal.CommandFailure;
import io.mcpaccess.amctl.terminal.ExitCode;
import io.mcpaccess.amctl.terminal.Output;
import io.mcpaccess.openfga.BackendException;
import io.mcpaccess.openfga.StoreEdit;
import io.mcpaccess.openfga.StoreSnapshot;
import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.openfga.embedded.snapshot.EmbeddedSnapshot;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code replay}: decisions of the audit log asked again. */
@Command(
        name = "replay",
        sortOptions = false,
        description = {
            "Asks the permissions behind decisions of AM's audit log again: of the store as it is, or with a change.",
            "Says which would end otherwise, and why. Changes nothing."
        })
public final class ReplayCommand extends DomainCommand {

    private static final int SHOWN = 50;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Since when: 30m, 2h, 7d, 2w, or 2027-01-01T00:00:00Z; 7d unless given.")
    private String since = "7d";

    @Option(
            names = "--most",
            paramLabel = "NUMBER",
            description = "How many decisions at the most, the newest; 50000 unless given.")
    private int most = 50_000;

    @Option(
            names = {"-m", "--model"},
            paramLabel = "FILE",
            description = "Another model, as impact takes it.")
    private Path model;

    @Option(names = "--tuples", paramLabel = "FILE", description = "Tuples to write: a list in YAML or JSON.")
    private Path tuples;

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
            names = "--fail-on-flip",
            description = {
                "Exit code 9 where a decision would end otherwise, or where the log cannot say so: the engine's",
                "setting auditDecisions is not all."
            })
    private boolean failOnFlip;

    private Instant begin;
    private StoreEdit edit;

    @Override
    void checkOptions() {
        WholeLog.check(most);
        begin = Since.of("--since", since, now());
        List<StoredTuple> added = new ArrayList<>();
        TupleFiles.tuples(tuples, writes).forEach(tuple -> added.add(LocalStore.tuple(tuple)));
        List<TupleKey> gone = deletes.stream()
                .map(text -> LocalStore.tuple(TupleFiles.tuple(text)).key())
                .toList();
        edit = new StoreEdit(Optional.ofNullable(model).map(TupleFiles::model), Optional.empty(), added, gone);
    }

    @Override
    ExitCode run(AmClient am, ManagedDomain domain, Output output) {
        AmEngine engine = domain.openEngine();
        JsonNode configuration = domain.engineConfiguration();
        QuestionNames names = new QuestionNames(configuration, engine.mcpServers());
        output.note("Reading the store …");
        StoreSnapshot store = edited(new EmbeddedSnapshot(LocalStore.of(engine)));
        AuditReader.Found found = WholeLog.read(domain, most, begin, now(), output);
        Map<String, Object> context = Map.of(
                "current_time", Instant.ofEpochSecond(now().getEpochSecond()).toString());
        Replay replay = Replay.of(found.decisions(), names, store, context);
        AuditSetting audited = AuditSetting.of(configuration);
        if (isJson()) {
            output.json(json(replay, !found.isCut() && audited.isAll(), store, context));
        } else {
            write(replay, store, context, output);
        }
        if (found.isCut()) {
            output.note("There are older decisions in that time that were not read: --most.");
        }
        if (!audited.isAll()) {
            output.note("What would end otherwise cannot be said in full: " + audited.words());
        }
        boolean isClear = replay.flips().isEmpty() && audited.isAll();
        return failOnFlip && !isClear ? ExitCode.IMPACT : ExitCode.DONE;
    }

    private StoreSnapshot edited(StoreSnapshot store) {
        try {
            return store.edited(edit);
        } catch (BackendException e) {
            throw new CommandFailure(ExitCode.USAGE, e.getMessage());
        }
    }

    private static void write(Replay replay, StoreSnapshot store, Map<String, Object> context, Output output) {
        replay.flips().stream().limit(SHOWN).forEach(flip -> {
            output.line(String.format(
                    Locale.ROOT,
                    "now %-7s  %s %s %s  %s, last %s",
                    flip.isAllowed() ? "allowed" : "refused",
                    flip.question().user(),
                    flip.question().relation(),
                    flip.question().object(),
                    flip.times() == 1 ? "once" : flip.times() + " times",
                    Instant.ofEpochSecond(flip.last().getEpochSecond())));
            why(flip, store, context).lines().forEach(line -> output.line("    " + line));
        });
        if (replay.flips().size() > SHOWN) {
            output.line("and " + (replay.flips().size() - SHOWN) + " more questions: --json has all.");
        }
        for (Apart apart : Apart.values()) {
            if (replay.apart().containsKey(apart)) {
                output.line("not compared: " + replay.apart().get(apart) + " " + apart.words());
            }
        }
        int flipped = replay.flips().stream().mapToInt(Flip::times).sum();
        output.line(replay.decisions() + " decisions, " + replay.asked() + " asked again: " + flipped
                + " would end otherwise.");
    }

    private static String why(Flip flip, StoreSnapshot store, Map<String, Object> context) {
        return store.reason(flip.question(), context).text();
    }

    private static ObjectNode json(
            Replay replay, boolean isComplete, StoreSnapshot store, Map<String, Object> context) {
        ObjectNode json = Json.object()
                .put("decisions", replay.decisions())
                .put("asked", replay.asked())
                .put("flipped", replay.flips().stream().mapToInt(Flip::times).sum())
                .put("complete", isComplete);
        ArrayNode flips = json.putArray("flips");
        for (Flip flip : replay.flips()) {
            ObjectNode entry = flips.addObject()
                    .put("user", flip.question().user())
                    .put("relation", flip.question().relation())
                    .put("object", flip.question().object())
                    .put("now", flip.isAllowed() ? "allowed" : "refused")
                    .put("times", flip.times())
                    .put("last", flip.last().toString());
            if (flips.size() <= SHOWN) {
                entry.put("why", why(flip, store, context));
            }
        }
        ObjectNode apart = json.putObject("notCompared");
        replay.apart().forEach((reason, number) -> apart.put(reason.name().toLowerCase(Locale.ROOT), number));
        return json;
    }
}
