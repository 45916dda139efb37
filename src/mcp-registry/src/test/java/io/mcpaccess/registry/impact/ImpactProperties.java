package io.mcpaccess.registry.impact;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.core.decision.AccessSettings;
import io.mcpaccess.core.decision.AccessSettings.PermissionMode;
import io.mcpaccess.core.decision.AccessSettings.SharedToolNames;
import io.mcpaccess.core.decision.AgentSubject;
import io.mcpaccess.core.decision.BoundTokens;
import io.mcpaccess.core.mcp.ToolObject;
import io.mcpaccess.openfga.StoreEdit;
import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.openfga.embedded.CheckRequest;
import io.mcpaccess.openfga.embedded.StoreView;
import io.mcpaccess.openfga.embedded.snapshot.EmbeddedSnapshot;
import io.mcpaccess.registry.impact.Impact.Answer;
import io.mcpaccess.registry.impact.Impact.Layer;
import io.mcpaccess.registry.plan.RegisteredServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** An impact is the difference of all single decisions, each asked of a store that was made anew. */
class ImpactProperties {

    private static final List<String> USERS = List.of("user:a", "user:b", "user:c", "user:d", "user:e", "user:f");
    private static final List<String> APPLICATIONS =
            List.of("application:agent", "application:urn%3Abot", "application:old one");
    private static final List<String> ROLES = List.of("role:x", "role:y", "role:z");
    private static final List<String> TOOLS = List.of("t1", "t2", "t3", "t4");
    private static final String[] MODELS = {
        ImpactWorld.MODEL,
        ImpactWorld.MODEL.replace(" but not blocked", ""),
        ImpactWorld.MODEL.replace("reader or admin from server", "admin from server"),
        ImpactWorld.MODEL.replace("amount <= limit", "amount < limit"),
    };

    @Property(tries = 400)
    void isTheDifferenceOfAllSingleDecisions(@ForAll long seed) {
        Random random = new Random(seed);
        String model = MODELS[random.nextInt(MODELS.length)];
        List<StoredTuple> tuples = tuples(random, random.nextInt(25), model);
        List<StoredTuple> writes = tuples(random, random.nextInt(4), model);
        List<TupleKey> deletes = tuples.stream()
                .map(StoredTuple::key)
                .filter(key -> random.nextInt(6) == 0)
                .toList();
        Optional<String> newModel =
                random.nextInt(3) == 0 ? Optional.of(MODELS[random.nextInt(MODELS.length)]) : Optional.empty();
        Map<String, Object> context = random.nextInt(3) == 0 ? Map.of("amount", random.nextInt(5)) : Map.of();
        AccessSettings accessBefore = access(random);
        AccessSettings accessAfter = random.nextBoolean() ? accessBefore : access(random);
        RegisteredServer[] serversBefore = servers(random);
        RegisteredServer[] serversAfter = random.nextBoolean() ? serversBefore : servers(random);
        EmbeddedSnapshot before = ImpactWorld.snapshot(model, tuples);
        EmbeddedSnapshot after = before.edited(new StoreEdit(newModel, Optional.empty(), writes, deletes));

        Impact impact = ImpactWorld.impact(
                ImpactWorld.side(accessBefore, before, serversBefore),
                ImpactWorld.side(accessAfter, after, serversAfter),
                context,
                ImpactProgress.NONE);

        List<StoredTuple> edited = new ArrayList<>(tuples);
        edited.removeIf(tuple -> deletes.contains(tuple.key())
                || writes.stream().anyMatch(write -> write.key().equals(tuple.key())));
        edited.addAll(writes);
        StoreView was = ImpactWorld.view(model, tuples);
        StoreView is = ImpactWorld.view(newModel.orElse(model), edited);
        Set<String> expected = new TreeSet<>();
        Set<String> places = new TreeSet<>();
        for (RegisteredServer[] side : List.of(serversBefore, serversAfter)) {
            for (RegisteredServer server : side) {
                server.tools().forEach(tool -> places.add(server.clientId() + " " + tool.key()));
            }
        }
        for (String place : places) {
            for (String user : USERS) {
                line(expected, user, place, was, is, accessBefore, accessAfter, serversBefore, serversAfter, context);
            }
            line(expected, "user:zz", place, was, is, accessBefore, accessAfter, serversBefore, serversAfter, context);
            if (isOpen(place, accessBefore, serversBefore) && isOpen(place, accessAfter, serversAfter)) {
                for (String application : APPLICATIONS) {
                    Answer old = use(application, place, was, accessBefore);
                    Answer now = use(application, place, is, accessAfter);
                    if (old != now) {
                        expected.add(application + " " + place + " " + old + " " + now);
                    }
                }
            }
        }
        List<String> unnamed = USERS.stream()
                .filter(user ->
                        tuples.stream().noneMatch(tuple -> tuple.key().user().equals(user)))
                .filter(user ->
                        edited.stream().noneMatch(tuple -> tuple.key().user().equals(user)))
                .toList();
        assertThat(lines(impact, unnamed)).isEqualTo(expected);
        assertThat(impact.complete()).isTrue();
    }

    private static void line(
            Set<String> expected,
            String user,
            String place,
            StoreView was,
            StoreView is,
            AccessSettings accessBefore,
            AccessSettings accessAfter,
            RegisteredServer[] serversBefore,
            RegisteredServer[] serversAfter,
            Map<String, Object> context) {
        Answer old = decision(user, place, was, accessBefore, serversBefore, context);
        Answer now = decision(user, place, is, accessAfter, serversAfter, context);
        if (old != now) {
            expected.add(user + " " + place + " " + old + " " + now);
        }
    }

    /** One decision, the long way: with every value that matters for what nobody has said. */
    private static Answer decision(
            String user,
            String place,
            StoreView store,
            AccessSettings access,
            RegisteredServer[] servers,
            Map<String, Object> context) {
        if (!isOpen(place, access, servers)) {
            return Answer.NO;
        }
        return access.isShadowed(server(place))
                ? Answer.YES
                : check(store, context, List.of(new TupleKey(user, "can_call", object(place, access))));
    }

    /** Whether an application may be used, the long way; its question never has the call's arguments. */
    private static Answer use(String application, String place, StoreView store, AccessSettings access) {
        if (!access.checkClient()) {
            return Answer.YES;
        }
        if (application.contains("old one")) {
            return Answer.NO;
        }
        return access.isShadowed(server(place))
                ? Answer.YES
                : check(
                        store,
                        Map.of(),
                        List.of(
                                new TupleKey(application, "can_use", object(place, access)),
                                new TupleKey(application, "can_use", "mcp_server:" + server(place))));
    }

    private static boolean isOpen(String place, AccessSettings access, RegisteredServer[] servers) {
        String tool = place.split(" ")[1];
        long having = 0;
        boolean isThere = false;
        for (RegisteredServer each : servers) {
            having += each.tool(tool).isPresent() ? 1 : 0;
            isThere |= each.clientId().equals(server(place)) && each.tool(tool).isPresent();
        }
        return isThere
                && (having == 1
                        || access.toolObject().isQualified()
                        || access.sharedToolNames() == SharedToolNames.ALLOW);
    }

    private static String server(String place) {
        return place.split(" ")[0];
    }

    private static String object(String place, AccessSettings access) {
        return "tool:" + access.toolObject().id(server(place), place.split(" ")[1]);
    }

    /** What one of some checks says for every value that nobody has given. */
    private static Answer check(StoreView store, Map<String, Object> context, List<TupleKey> alternatives) {
        Set<Boolean> answers = new HashSet<>();
        for (int value = -1; value < 6; value++) {
            Map<String, Object> given = new HashMap<>(Map.of("amount", value));
            given.putAll(context);
            for (int limit = -1; limit < 6; limit++) {
                given.put("limit", limit);
                answers.add(alternatives.stream()
                        .anyMatch(key -> store.check(new CheckRequest(key, given, List.of()), Duration.ofSeconds(5))
                                .isAllowed()));
            }
        }
        return answers.size() == 2 ? Answer.CONDITIONAL : answers.contains(true) ? Answer.YES : Answer.NO;
    }

    private static Set<String> lines(Impact impact, List<String> unnamed) {
        Set<String> lines = new TreeSet<>();
        for (Impact.ToolImpact tool : impact.tools()) {
            String place = tool.serverClientId().orElseThrow() + " " + tool.key();
            for (Impact.Shift shift : tool.shifts()) {
                if (shift.change() == Impact.Change.CHANGES) {
                    continue;
                }
                String change = " " + place + " " + shift.before() + " " + shift.after();
                if (shift.layer() == Layer.CLIENT) {
                    lines.add(shift.subjects().get(0) + change);
                } else if (shift.everyone().isPresent()) {
                    if (shift.everyone().get().equals("user")) {
                        lines.add("user:zz" + change);
                        unnamed.forEach(user -> lines.add(user + change));
                    }
                } else {
                    shift.subjects().stream()
                            .filter(subject -> subject.startsWith("user:"))
                            .forEach(subject -> lines.add(subject + change));
                }
            }
        }
        return lines;
    }

    private static RegisteredServer[] servers(Random random) {
        String[] first = TOOLS.stream().filter(tool -> random.nextInt(4) > 0).toArray(String[]::new);
        String[] second = TOOLS.stream().filter(tool -> random.nextInt(4) == 0).toArray(String[]::new);
        return new RegisteredServer[] {ImpactWorld.server("one", first), ImpactWorld.server("two", second)};
    }

    private static AccessSettings access(Random random) {
        return new AccessSettings(
                AccessSettings.ScopeCheck.WHEN_PRESENTED,
                AccessSettings.UnknownTools.ENGINE,
                random.nextBoolean() ? SharedToolNames.DENY : SharedToolNames.ALLOW,
                AccessSettings.SubjectName.USERNAME,
                random.nextInt(3) == 0 ? ToolObject.QUALIFIED : ToolObject.UNQUALIFIED,
                random.nextBoolean(),
                "can_use",
                false,
                Set.of(),
                PermissionMode.ENFORCE,
                random.nextInt(5) == 0 ? Set.of("two") : Set.of(),
                AgentSubject.BLUEPRINT,
                BoundTokens.PEP_PROVED);
    }

    private static List<StoredTuple> tuples(Random random, int count, String model) {
        Map<TupleKey, StoredTuple> tuples = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            StoredTuple tuple = tuple(random);
            tuples.putIfAbsent(tuple.key(), tuple);
        }
        return List.copyOf(tuples.values());
    }

    private static StoredTuple tuple(Random random) {
        String user = one(random, USERS);
        String role = one(random, ROLES);
        String tool = (random.nextInt(3) == 0 ? "tool:one/" : "tool:") + one(random, TOOLS);
        String holder = random.nextBoolean() ? user : role + "#assignee";
        return ImpactWorld.tuple(
                switch (random.nextInt(12)) {
                    case 0, 1 -> user + " assignee " + role;
                    case 2 -> otherThan(random, role) + "#assignee assignee " + role;
                    case 3 -> (random.nextInt(3) == 0 ? "user:*" : user) + " assignee " + role;
                    case 4 -> "mcp_server:one server " + tool;
                    case 5 -> holder + " admin mcp_server:one";
                    case 6 -> holder + " blocked " + tool;
                    case 7 -> holder + " reader " + tool + " small " + random.nextInt(4);
                    case 8 -> user + " can_call " + tool + (random.nextInt(3) == 0 ? " small" : "");
                    case 9, 10 ->
                        APPLICATIONS.get(random.nextInt(2)) + " can_use "
                                + (random.nextInt(3) == 0 ? "mcp_server:one" : tool)
                                + (random.nextInt(3) == 0 ? " small " + random.nextInt(4) : "");
                    default -> (random.nextInt(4) == 0 ? "user:*" : holder) + " reader " + tool;
                });
    }

    private static String otherThan(Random random, String role) {
        return one(random, ROLES.stream().filter(each -> !each.equals(role)).toList());
    }

    private static String one(Random random, List<String> values) {
        return values.get(random.nextInt(values.size()));
    }
}
