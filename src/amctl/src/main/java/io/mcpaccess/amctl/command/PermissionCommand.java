package io.mcpaccess.amctl.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.amctl.am.AmClient;
import io.mcpaccess.amctl.am.AmEngine;
import io.mcpaccess.amctl.am.AmFailure;
import io.mcpaccess.amctl.am.Json;
import io.mcpaccess.amctl.am.ManagedDomain;
import io.mcpaccess.amctl.grants.StoredGrant;
import io.mcpaccess.amctl.impact.ImpactText;
import io.mcpaccess.amctl.terminal.CommandFailure;
import io.mcpaccess.amctl.terminal.ExitCode;
import io.mcpaccess.amctl.terminal.Output;
import io.mcpaccess.amctl.tuples.ToolForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands that change one permission; a plan with its impact first. */
abstract class PermissionCommand extends DomainCommand {
    @Parameters(index = "1", paramLabel = "USER", description = "Such as user:alice or role:accountant#assignee.")
    private String user;

    @Parameters(index = "2", paramLabel = "RELATION", description = "Such as can_call.")
    private String relation;

    @Parameters(
            index = "3",
            paramLabel = "OBJECT",
            description = "Such as tool:refund_invoice; the name of a tool alone is enough.")
    private String object;

    @Option(names = "--apply", description = "Do it.")
    private boolean apply;

    /** What is written and deleted. */
    record Change(List<JsonNode> writes, List<JsonNode> deletes) {

        boolean isNone() {
            return writes.isEmpty() && deletes.isEmpty();
        }
    }

    @Override
    final void checkOptions() {
        if (!user.matches("[^:]+:.+")) {
            throw new CommandFailure(
                    ExitCode.USAGE, "USER is a type and a name with a colon between them, such as user:alice.");
        }
        checkTerms();
    }

    abstract void checkTerms();

    abstract Change change(AmEngine engine, ObjectNode tuple, Optional<StoredGrant> present);

    @Override
    final ExitCode run(AmClient am, ManagedDomain domain, Output output) {
        AmEngine engine = domain.openEngine();
        ObjectNode tuple =
                Json.object().put("user", user).put("relation", relation).put("object", object(domain, engine));
        Optional<StoredGrant> present = present(engine, tuple);
        Change change = change(engine, tuple, present);
        JsonNode impact = change.isNone() ? Json.object() : TryOut.impact(engine, body(change), output);
        if (apply && !change.isNone()) {
            write(engine, change, output);
        }
        if (isJson()) {
            output.json(json(change, impact));
        } else {
            change.deletes().forEach(each -> output.line("  delete " + new StoredGrant(each).words()));
            change.writes().forEach(each -> output.line("  write  " + new StoredGrant(each).words()));
            if (!change.isNone()) {
                ImpactText.lines(impact, true).forEach(output::line);
            }
            output.line(
                    change.isNone()
                            ? "Nothing to do."
                            : apply ? "Done." : "A plan: nothing was changed. --apply does it.");
        }
        return ExitCode.DONE;
    }

    private String object(ManagedDomain domain, AmEngine engine) {
        if (object.contains(":")) {
            return object;
        }
        ToolForm form =
                ToolForm.of(domain.engineConfiguration().path("toolObject").asText(""));
        List<JsonNode> servers = new ArrayList<>();
        for (JsonNode server : engine.mcpServers()) {
            for (JsonNode tool : server.path("tools")) {
                if (tool.path("key").asText().equals(object)) {
                    servers.add(server);
                }
            }
        }
        if (servers.size() != 1) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    servers.isEmpty()
                            ? "No MCP server of the domain has a tool " + object
                                    + ". Give an object with its type, such as tool:" + object + "."
                            : "Several servers have a tool " + object + ". Give the object, such as "
                                    + form.name(servers.get(0), object) + ".");
        }
        return form.name(servers.get(0), object);
    }

    private static Optional<StoredGrant> present(AmEngine engine, ObjectNode wanted) {
        StoredGrant grant = new StoredGrant(wanted);
        return engine.tuples().stream()
                .map(StoredGrant::new)
                .filter(each -> each.is(grant.text("user"), grant.text("relation"), grant.text("object")))
                .findFirst();
    }

    private static ObjectNode body(Change change) {
        ObjectNode body = Json.object();
        ArrayNode writes = body.putArray("writes");
        change.writes().forEach(writes::add);
        ArrayNode deletes = body.putArray("deletes");
        change.deletes().forEach(deletes::add);
        return body;
    }

    /** The store takes one tuple at a time: where the new terms are not taken, the old ones come back. */
    private static void write(AmEngine engine, Change change, Output output) {
        change.deletes().forEach(engine::removeTuple);
        try {
            change.writes().forEach(engine::addTuple);
        } catch (AmFailure e) {
            change.deletes().forEach(engine::addTuple);
            output.note(change.deletes().isEmpty() ? "Nothing was changed." : "It is as it was before.");
            throw e;
        }
    }

    private ObjectNode json(Change change, JsonNode impact) {
        ObjectNode json = body(change).put("applied", apply && !change.isNone());
        json.set("impact", impact);
        return json;
    }
}
