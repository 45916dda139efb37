package io.mcpaccess.registry.impact;

import io.mcpaccess.core.decision.AccessSettings;
import io.mcpaccess.core.decision.CheckMapping;
import io.mcpaccess.openfga.StoreSnapshot;
import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.openfga.embedded.ChangeLog;
import io.mcpaccess.openfga.embedded.EmbeddedEngine;
import io.mcpaccess.openfga.embedded.StoreContent;
import io.mcpaccess.openfga.embedded.StoreView;
import io.mcpaccess.openfga.embedded.Ulids;
import io.mcpaccess.openfga.embedded.model.ModelReader;
import io.mcpaccess.openfga.embedded.snapshot.EmbeddedSnapshot;
import io.mcpaccess.registry.am.DomainApplication;
import io.mcpaccess.registry.plan.RegisteredServer;
import io.mcpaccess.registry.plan.RegisteredTool;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Makes sides of a change. */
final class ImpactWorld {

    static final String MODEL = """
            model
              schema 1.1
            type user
            type application
            type agent
            type role
              relations
                define assignee: [user, user:*, role#assignee]
                define suspended: [user]
            type mcp_server
              relations
                define admin: [user, role#assignee]
                define can_use: [application, application with small]
            type tool
              relations
                define server: [mcp_server]
                define reader: [user, user:*, role#assignee, user with small, role#assignee with small]
                define blocked: [user, role#assignee]
                define can_call: ([user, agent, application, user with small] or reader or admin from server) but not blocked
                define can_use: [application, application with small] or can_use from server
            condition small(amount: int, limit: int) {
              amount <= limit
            }
            """;

    /** The last has a name that cannot be put before an engine. */
    static final List<DomainApplication> APPLICATIONS = List.of(
            new DomainApplication("agent", "Agent", Set.of()),
            new DomainApplication("urn:bot", "Bot", Set.of()),
            new DomainApplication("old one", "Old", Set.of()));

    private ImpactWorld() {}

    static StoreView view(String model, List<StoredTuple> tuples) {
        StoreContent content = new StoreContent(
                "test",
                List.of(new StoreContent.Model("01HVMMBCMGZNT3SED4Z17ECXCA", ModelReader.fromDsl(model))),
                tuples);
        return new EmbeddedEngine(content, ChangeLog.none(), new Ulids(Clock.systemUTC(), new Random(1))).view();
    }

    static EmbeddedSnapshot snapshot(String model, List<StoredTuple> tuples) {
        return new EmbeddedSnapshot(view(model, tuples));
    }

    static StoredTuple tuple(String text) {
        String[] parts = text.split(" ");
        TupleKey key = new TupleKey(parts[0], parts[1], parts[2]);
        return new StoredTuple(
                key,
                parts.length == 3
                        ? Optional.empty()
                        : Optional.of(new StoredTuple.Condition(
                                parts[3], parts.length == 4 ? Map.of() : Map.of("limit", Integer.valueOf(parts[4])))));
    }

    static List<StoredTuple> tuples(String... texts) {
        return Arrays.stream(texts).map(ImpactWorld::tuple).toList();
    }

    static RegisteredServer server(String clientId, String... tools) {
        return new RegisteredServer(
                clientId,
                clientId,
                clientId,
                "",
                List.of("https://" + clientId + ".example/mcp"),
                Arrays.stream(tools)
                        .map(tool -> new RegisteredTool(tool, "", List.of("tools:" + tool)))
                        .toList());
    }

    static ImpactSide side(AccessSettings access, StoreSnapshot permissions, RegisteredServer... servers) {
        return new ImpactSide(
                List.of(servers), APPLICATIONS, access, new CheckMapping(CheckMapping.DEFAULT_ALIASES), permissions);
    }

    static Impact impact(ImpactSide before, ImpactSide after) {
        return impact(before, after, Map.of(), ImpactProgress.NONE);
    }

    static Impact impact(ImpactSide before, ImpactSide after, Map<String, Object> context, ImpactProgress progress) {
        return new ImpactAnalysis(
                        before, after, context, Map.of(), ImpactLimits.of(100_000, System::nanoTime), progress)
                .run();
    }
}
