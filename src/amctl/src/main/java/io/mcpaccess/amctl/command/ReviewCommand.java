package io.mcpaccess.amctl.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.amctl.am.AmClient;
import io.mcpaccess.amctl.am.AmEngine;
import io.mcpaccess.amctl.am.AmUsers;
import io.mcpaccess.amctl.am.Json;
import io.mcpaccess.amctl.am.ManagedDomain;
import io.mcpaccess.amctl.audit.AuditReader;
import io.mcpaccess.amctl.grants.StoredGrant;
import io.mcpaccess.amctl.replay.LocalStore;
import io.mcpaccess.amctl.replay.OrphanApprovals;
import io.mcpaccess.amctl.replay.OrphanApprovals.Orphan;
import io.mcpaccess.amctl.replay.QuestionNames;
import io.mcpaccess.amctl.replay.Review;
import io.mcpaccess.amctl.terminal.ExitCode;
import io.mcpaccess.amctl.terminal.Output;
import io.mcpaccess.amctl.terminal.WrittenFile;
import io.mcpaccess.amctl.tuples.ToolForm;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code review}: what nobody needs. */
@Command(
        name = "review",
        sortOptions = false,
        description = {
            "Lists permissions that no call of a time used, grants whose time is over, tools that nobody may call, and",
            "scopes that no tool needs. Changes nothing; --output writes the permissions for tuples remove."
        })
public final class ReviewCommand extends DomainCommand {
    private static final int EACH = 500;
    private static final int MOST_USERS = 10_000;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Since when: 30m, 2h, 7d, 12w, or 2027-01-01T00:00:00Z; 90d unless given.")
    private String since = "90d";

    @Option(
            names = "--most",
            paramLabel = "NUMBER",
            description = "How many decisions at the most; 100000 unless given.")
    private int most = 100_000;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write the permissions that nobody needs as a file of tuples.")
    private Path file;

    @Option(
            names = "--approvals",
            description =
                    "Look as well for what users approved for applications that are gone: one request for each user"
                            + " and application.")
    private boolean approvals;

    private Instant begin;

    @Override
    void checkOptions() {
        WholeLog.check(most);
        begin = Since.of("--since", since, now());
    }

    @Override
    ExitCode run(AmClient am, ManagedDomain domain, Output output) {
        AmEngine engine = domain.openEngine();
        JsonNode configuration = domain.engineConfiguration();
        JsonNode servers = engine.mcpServers();
        output.note("Reading the store …");
        List<JsonNode> tuples = engine.tuples();
        Review review = new Review(LocalStore.of(engine, tuples), tuples, now());
        List<JsonNode> expired = review.expired();
        List<String> notes = new ArrayList<>();
        List<JsonNode> unused = unused(domain, configuration, servers, review, notes, output);
        if (review.bans() > 0) {
            notes.add("Left out: " + review.bans()
                    + " tuples of relations that a \"but not\" of the model takes away. They may"
                    + " shut somebody out, so that removing one would let him in.");
        }
        List<String> closed = review.closed(
                servers, ToolForm.of(configuration.path("toolObject").asText("")));
        List<String> scopes = scopes(domain, servers);
        List<Orphan> orphans = approvals ? orphans(domain, servers, notes, output) : List.of();
        if (isJson()) {
            ObjectNode json = Json.object();
            json.putArray("unused").addAll(unused);
            json.putArray("expired").addAll(expired);
            closed.forEach(json.putArray("closedTools")::add);
            scopes.forEach(json.putArray("scopesWithoutTools")::add);
            if (approvals) {
                ArrayNode ofNobody = json.putArray("approvalsOfNobody");
                orphans.forEach(orphan -> ofNobody.add(Json.tree(orphan)));
            }
            notes.forEach(json.putArray("notes")::add);
            output.json(json);
        } else {
            unused.forEach(tuple -> output.line("unused   " + new StoredGrant(tuple).words()));
            expired.forEach(tuple -> output.line("expired  " + new StoredGrant(tuple).words()));
            closed.forEach(tool -> output.line("closed   " + tool + ": nobody may call it"));
            scopes.forEach(scope -> output.line("scope    " + scope + ": no tool needs it"));
            orphans.forEach(orphan -> output.line("approval " + orphan.user() + " approved "
                    + String.join(", ", orphan.scopes()) + " for " + orphan.clientId() + ", which is gone"));
            notes.forEach(note -> output.line("! " + note));
            output.line(tuples.size() + " permissions: " + unused.size() + " unused, " + expired.size() + " expired; "
                    + closed.size() + " closed tools; " + scopes.size() + " scopes without tools.");
        }
        write(unused, expired, output);
        return ExitCode.DONE;
    }

    private List<JsonNode> unused(
            ManagedDomain domain,
            JsonNode configuration,
            JsonNode servers,
            Review review,
            List<String> notes,
            Output output) {
        AuditSetting audited = AuditSetting.of(configuration);
        if (!audited.isAll()) {
            notes.add("Which permissions are unused cannot be said: " + audited.words());
            return List.of();
        }
        AuditReader.Found found = WholeLog.read(domain, most, begin, now(), output);
        if (found.isCut()) {
            notes.add("Which permissions are unused cannot be said: there are more decisions in that time than " + most
                    + " (--most).");
            return List.of();
        }
        if (found.looked() == 0) {
            notes.add("Which permissions are unused cannot be said: the audit log has no decision of that time.");
            return List.of();
        }
        notes.add("The oldest decision of that time is of "
                + Instant.ofEpochSecond(
                        found.decisions().get(found.decisions().size() - 1).at().getEpochSecond())
                + ": what AM has deleted from its log counts as never used.");
        return review.unused(found.decisions(), new QuestionNames(configuration, servers), looked -> {
            if (looked % EACH == 0) {
                output.note(looked + " questions looked at …");
            }
        });
    }

    private static List<Orphan> orphans(ManagedDomain domain, JsonNode servers, List<String> notes, Output output) {
        output.note("Reading applications …");
        Set<String> clients = new HashSet<>();
        domain.applications((done, all) -> {})
                .forEach(application ->
                        clients.add(application.at("/settings/oauth/clientId").asText()));
        servers.forEach(server -> clients.add(server.path("clientId").asText()));
        AmUsers users = domain.users();
        List<JsonNode> listed = users.list(MOST_USERS + 1);
        if (listed.size() > MOST_USERS) {
            listed = listed.subList(0, MOST_USERS);
            notes.add("Approvals of the first " + MOST_USERS + " users were looked at; there are more.");
        }
        return OrphanApprovals.of(users, listed, clients, looked -> {
            if (looked % EACH == 0) {
                output.note(looked + " users looked at …");
            }
        });
    }

    private static List<String> scopes(ManagedDomain domain, JsonNode servers) {
        Set<String> needed = new HashSet<>();
        for (JsonNode server : servers) {
            for (JsonNode tool : server.path("tools")) {
                tool.path("scopes")
                        .forEach(scope -> needed.add(
                                scope.isTextual()
                                        ? scope.asText()
                                        : scope.path("key").asText()));
            }
        }
        return domain.scopes().stream()
                .filter(scope -> !scope.path("system").asBoolean())
                .map(scope -> scope.path("key").asText())
                .filter(key -> !needed.contains(key))
                .sorted()
                .toList();
    }

    private void write(List<JsonNode> unused, List<JsonNode> expired, Output output) {
        if (file == null) {
            return;
        }
        List<JsonNode> all = new ArrayList<>(unused);
        all.addAll(expired);
        WrittenFile.of(file, TupleExportCommand.text(all));
        output.note(all.size() + " permissions written to " + file
                + ": look at amctl impact --remove, then amctl tuples remove.");
    }
}
