package io.mcpaccess.amctl.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.amctl.am.AmClient;
import io.mcpaccess.amctl.am.Json;
import io.mcpaccess.amctl.am.ManagedDomain;
import io.mcpaccess.amctl.grants.StoredGrant;
import io.mcpaccess.amctl.terminal.ExitCode;
import io.mcpaccess.amctl.terminal.Output;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code grants}: what the engine's store holds. */
@Command(
        name = "grants",
        sortOptions = false,
        description =
                "Lists permissions of the engine's store. Those whose time is over are marked; they open nothing.")
public final class GrantsCommand extends DomainCommand {
    @Option(names = "--user", paramLabel = "TEXT", description = "What the user contains.")
    private String user = "";

    @Option(names = "--relation", paramLabel = "NAME", description = "The relation.")
    private String relation = "";

    @Option(names = "--object", paramLabel = "TEXT", description = "What the object contains.")
    private String object = "";

    @Option(names = "--expired", description = "Only those whose time is over.")
    private boolean expired;

    @Override
    ExitCode run(AmClient am, ManagedDomain domain, Output output) {
        Instant now = now();
        List<StoredGrant> found = domain.openEngine().tuples().stream()
                .map(StoredGrant::new)
                .filter(grant -> grant.text("user").contains(user))
                .filter(grant -> relation.isEmpty() || grant.text("relation").equals(relation))
                .filter(grant -> grant.text("object").contains(object))
                .filter(grant -> !expired || grant.isExpired(now))
                .toList();
        if (isJson()) {
            ObjectNode json = Json.object();
            ArrayNode grants = json.putArray("grants");
            found.forEach(grant -> {
                ObjectNode entry = grant.tuple().deepCopy();
                grants.add(entry.put("expired", grant.isExpired(now)));
            });
            output.json(json);
        } else {
            found.forEach(grant -> output.line(grant.words() + (grant.isExpired(now) ? "  (expired)" : "")));
            output.line(found.size() + " permissions.");
        }
        return ExitCode.DONE;
    }
}
