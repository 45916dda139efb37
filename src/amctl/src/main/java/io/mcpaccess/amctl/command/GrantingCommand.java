package io.mcpaccess.amctl.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.amctl.am.AmEngine;
import io.mcpaccess.amctl.grants.GrantTerms;
import io.mcpaccess.amctl.grants.StoredGrant;
import io.mcpaccess.amctl.terminal.CommandFailure;
import io.mcpaccess.amctl.terminal.ExitCode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code grant}: one permission, perhaps for a time or up to a limit. */
@Command(
        name = "grant",
        sortOptions = false,
        description = {
            "Grants one permission; a plan with what it does first. One that is there is given the new terms.",
            "For a time and a limit the store's model needs a condition, as the bundle's model has: until, up_to."
        })
public final class GrantingCommand extends PermissionCommand {
    @Option(names = "--for", paramLabel = "SPAN", description = "For how long from now: 30m, 2h, 7d, 2w.")
    private String span;

    @Option(names = "--until", paramLabel = "MOMENT", description = "Until when: 2027-01-01T00:00:00Z.")
    private String until;

    @Option(
            names = "--limit",
            paramLabel = "NAME=VALUE",
            description = "How much an argument of the call may be at the most: amount=500.")
    private Map<String, String> limits = new LinkedHashMap<>();

    private Optional<Instant> moment = Optional.empty();

    @Override
    void checkTerms() {
        if (span != null && until != null) {
            throw new CommandFailure(ExitCode.USAGE, "Say --for or --until, not both.");
        }
        try {
            if (until != null) {
                moment = Optional.of(GrantTerms.moment(until));
            }
            if (span != null) {
                moment = Optional.of(now().plus(GrantTerms.span(span)));
            }
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, e.getMessage() + ".");
        }
        if (moment.filter(end -> !end.isAfter(now())).isPresent()) {
            throw new CommandFailure(ExitCode.USAGE, "--until is over already.");
        }
    }

    @Override
    Change change(AmEngine engine, ObjectNode tuple, Optional<StoredGrant> present) {
        try {
            GrantTerms terms = new GrantTerms(moment.map(end -> Instant.ofEpochSecond(end.getEpochSecond())), limits);
            if (moment.isPresent() || !limits.isEmpty()) {
                terms.condition(engine.model()).ifPresent(condition -> tuple.set("condition", condition));
            }
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, e.getMessage() + ". Nothing was changed.");
        }
        String words = new StoredGrant(tuple).words();
        boolean isSame = present.map(StoredGrant::words).filter(words::equals).isPresent();
        List<JsonNode> old = present.map(StoredGrant::tuple).stream().toList();
        return isSame ? new Change(List.of(), List.of()) : new Change(List.of(tuple), old);
    }
}
