package io.mcpaccess.amctl.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpaccess.amctl.am.AmClient;
import io.mcpaccess.amctl.am.AmEngine;
import io.mcpaccess.amctl.am.ManagedDomain;
import io.mcpaccess.amctl.audit.AuditReader;
import io.mcpaccess.amctl.audit.AuditedDecision;
import io.mcpaccess.amctl.replay.FgaServer;
import io.mcpaccess.amctl.replay.LocalEngine;
import io.mcpaccess.amctl.replay.LocalStore;
import io.mcpaccess.amctl.replay.QuestionNames;
import io.mcpaccess.amctl.replay.Replay;
import io.mcpaccess.amctl.replay.ServerEngine;
import io.mcpaccess.amctl.replay.TrialStore;
import io.mcpaccess.amctl.terminal.CommandFailure;
import io.mcpaccess.amctl.terminal.ExitCode;
import io.mcpaccess.amctl.terminal.Output;
import io.mcpaccess.openfga.BackendException;
import io.mcpaccess.openfga.StoreEdit;
import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.openfga.embedded.snapshot.EmbeddedSnapshot;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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

    private static final int EACH = 1_000;

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
            names = "--engine",
            paramLabel = "embedded|URL",
            description = {
                "Who is asked: the evaluator of this process (embedded, unless given), or an OpenFGA server, such as a newer",
                "version. Model and tuples are copied into a store made there and deleted after it. A token for it:",
                "AMCTL_OPENFGA_TOKEN."
            })
    private String engine = "embedded";

    @Option(
            names = "--fail-on-flip",
            description = {
                "Exit code 9 where a decision would end otherwise, or where the log cannot say so: the engine's",
                "setting auditDecisions is not all; with --engine also where the two engines differ."
            })
    private boolean failOnFlip;

    private Instant begin;
    private StoreEdit edit;
    private URI other;

    @Override
    void checkOptions() {
        WholeLog.check(most);
        begin = Since.of("--since", since, now());
        other = server(engine);
        List<StoredTuple> added = new ArrayList<>();
        TupleFiles.tuples(tuples, writes).forEach(tuple -> added.add(LocalStore.tuple(tuple)));
        List<TupleKey> gone = deletes.stream()
                .map(text -> LocalStore.tuple(TupleFiles.tuple(text)).key())
                .toList();
        edit = new StoreEdit(Optional.ofNullable(model).map(TupleFiles::model), Optional.empty(), added, gone);
    }

    @Override
    ExitCode run(AmClient am, ManagedDomain domain, Output output) {
        AmEngine present = domain.openEngine();
        JsonNode configuration = domain.engineConfiguration();
        QuestionNames names = new QuestionNames(configuration, present.mcpServers());
        output.note("Reading the store …");
        EmbeddedSnapshot store = edited(new EmbeddedSnapshot(LocalStore.of(present)));
        AuditReader.Found found = WholeLog.read(domain, most, begin, now(), output);
        Map<String, Object> context = Map.of(
                "current_time", Instant.ofEpochSecond(now().getEpochSecond()).toString());
        LocalEngine local = new LocalEngine(store, context);
        AuditSetting audited = AuditSetting.of(configuration);
        ReplayReport report = other == null
                ? new ReplayReport(Replay.of(found.decisions(), names, local), local, null)
                : elsewhere(found.decisions(), names, store, local, output);
        boolean isComplete = !found.isCut() && audited.isAll();
        if (isJson()) {
            output.json(report.json(isComplete));
        } else {
            report.write(output);
        }
        if (found.isCut()) {
            output.note("There are older decisions in that time that were not read: --most.");
        }
        if (!audited.isAll()) {
            output.note("What would end otherwise cannot be said in full: " + audited.words());
        }
        return failOnFlip && !(report.isClear() && audited.isAll()) ? ExitCode.IMPACT : ExitCode.DONE;
    }

    private ReplayReport elsewhere(
            List<AuditedDecision> decisions,
            QuestionNames names,
            EmbeddedSnapshot store,
            LocalEngine local,
            Output output) {
        output.note("Copying " + store.size() + " tuples to " + other + " …");
        FgaServer server = new FgaServer(other, secrets().plain("AMCTL_OPENFGA_TOKEN"));
        try (TrialStore copy = TrialStore.copy(server, store, done -> note(done, "tuples copied", output))) {
            if (!copy.leftOut().isEmpty()) {
                output.note(copy.leftOut().size()
                        + " tuples are left out: the server's model has no place for them, so they decide nothing. The"
                        + " first is " + TupleFiles.text(copy.leftOut().get(0)) + ".");
            }
            ServerEngine both = new ServerEngine(copy, local, done -> note(done, "questions asked", output));
            return new ReplayReport(Replay.of(decisions, names, both), local, both.differences());
        }
    }

    private static void note(int done, String what, Output output) {
        if (done % EACH == 0) {
            output.note(done + " " + what + " …");
        }
    }

    /** Null for the evaluator of this process. */
    private static URI server(String engine) {
        if (engine.equals("embedded")) {
            return null;
        }
        try {
            URI server = URI.create(engine.replaceFirst("/+$", ""));
            boolean isHttp = "https".equals(server.getScheme()) || "http".equals(server.getScheme());
            if (isHttp && server.getHost() != null && server.getRawUserInfo() == null && server.getRawQuery() == null) {
                return server;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new CommandFailure(
                ExitCode.USAGE,
                "--engine is embedded, or the address of an OpenFGA server such as http://127.0.0.1:8080. To try a"
                        + " version, start it and give its address.");
    }

    private EmbeddedSnapshot edited(EmbeddedSnapshot store) {
        try {
            return store.edited(edit);
        } catch (BackendException e) {
            throw new CommandFailure(ExitCode.USAGE, e.getMessage());
        }
    }
}
