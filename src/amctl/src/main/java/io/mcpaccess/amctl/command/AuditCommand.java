package io.mcpaccess.amctl.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.amctl.am.AmClient;
import io.mcpaccess.amctl.am.Json;
import io.mcpaccess.amctl.am.ManagedDomain;
import io.mcpaccess.amctl.audit.AuditReader;
import io.mcpaccess.amctl.audit.AuditedDecision;
import io.mcpaccess.amctl.audit.AuditedDecision.Verdict;
import io.mcpaccess.amctl.audit.DecisionFilter;
import io.mcpaccess.amctl.audit.NewDecisions;
import io.mcpaccess.amctl.terminal.CommandFailure;
import io.mcpaccess.amctl.terminal.ExitCode;
import io.mcpaccess.amctl.terminal.Output;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code audit}: the last decisions. */
@Command(
        name = "audit",
        sortOptions = false,
        description = {
            "Lists the last decisions of AM's audit log, the newest last.",
            "Needs the rights DOMAIN_AUDIT with LIST and ORGANIZATION_AUDIT with READ."
        })
public final class AuditCommand extends DomainCommand {

    private static final int MOST_LOOKED = 20_000;
    private static final int MOST_SHOWN = 10_000;
    private static final int MILLIS = 1000;

    @Option(
            names = {"-n", "--last"},
            paramLabel = "NUMBER",
            description = "How many at the most; 20 unless given, up to 10000.")
    private int last = 20;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Since when: 30m, 2h, 7d, 2w, or 2027-01-01T00:00:00Z; 7d unless given.")
    private String since = "7d";

    @Option(
            names = {"-s", "--subject"},
            paramLabel = "TEXT",
            description = "What the subject contains, such as user:alice.")
    private String subject = "";

    @Option(
            names = {"-t", "--tool"},
            paramLabel = "TEXT",
            description = "What the tool, or another resource, contains.")
    private String tool = "";

    @Option(
            names = {"-d", "--decision"},
            paramLabel = "DECISION",
            description = "allowed, refused, shadowed (let through by shadow mode) or failed.")
    private String decision;

    @Option(names = "--reason", paramLabel = "CODE", description = "The reason code, such as scope_missing.")
    private String reason = "";

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what is decided, until interrupted; with --json one object a line.")
    private boolean follow;

    @Option(names = "--every", paramLabel = "SECONDS", description = "With --follow: how often; 3 unless given.")
    private int every = 3;

    private DecisionFilter filter;
    private Instant begin;

    @Override
    void checkOptions() {
        if (last < 1 || last > MOST_SHOWN) {
            throw new CommandFailure(ExitCode.USAGE, "--last is a number from 1 to " + MOST_SHOWN + ".");
        }
        if (every < 1) {
            throw new CommandFailure(ExitCode.USAGE, "--every is a number of seconds, at least 1.");
        }
        begin = Since.of("--since", since, now());
        filter = new DecisionFilter(subject, tool, Optional.ofNullable(decision).map(AuditCommand::verdict), reason);
    }

    private static Verdict verdict(String name) {
        try {
            return Verdict.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, "--decision must be one of allowed, refused, shadowed, failed.");
        }
    }

    @Override
    ExitCode run(AmClient am, ManagedDomain domain, Output output) {
        AuditReader reader =
                new AuditReader(domain.audits(), MOST_LOOKED, looked -> output.note(looked + " decisions looked at …"));
        NewDecisions fresh = new NewDecisions(reader, filter, MOST_SHOWN);
        if (follow) {
            fresh.look(now());
        }
        // AM's clock may be a little ahead of this machine's.
        AuditReader.Found found = reader.read(begin, now().plus(NewDecisions.LATE), filter, last);
        List<AuditedDecision> decisions = new ArrayList<>(found.decisions());
        Collections.reverse(decisions);
        if (follow) {
            decisions.forEach(each -> show(each, output));
            fresh.skip(decisions);
            return follow(fresh, output);
        }
        if (isJson()) {
            ObjectNode json = Json.object();
            ArrayNode list = json.putArray("decisions");
            decisions.forEach(each -> list.add(each.json()));
            output.json(json.put("looked", found.looked()).put("complete", !found.isCut()));
        } else {
            decisions.forEach(each -> show(each, output));
            output.line(decisions.size() + " shown, of " + found.looked() + " that were looked at.");
        }
        if (found.isCut()) {
            output.note("There are older ones that nobody looked at: give a shorter --since.");
        }
        return ExitCode.DONE;
    }

    private ExitCode follow(NewDecisions fresh, Output output) {
        while (!output.isClosed()) {
            try {
                Thread.sleep((long) every * MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return ExitCode.DONE;
            }
            fresh.look(now()).forEach(each -> show(each, output));
        }
        return ExitCode.DONE;
    }

    private void show(AuditedDecision each, Output output) {
        output.line(isJson() ? each.json().toString() : each.words());
    }
}
