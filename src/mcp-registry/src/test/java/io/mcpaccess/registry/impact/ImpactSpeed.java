package io.mcpaccess.registry.impact;

import io.mcpaccess.core.decision.AccessSettings;
import io.mcpaccess.openfga.StoreEdit;
import io.mcpaccess.openfga.StoreSnapshot;
import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.embedded.snapshot.EmbeddedSnapshot;
import io.mcpaccess.registry.am.DomainApplication;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Measures impacts: {@code java … ImpactSpeed USERS TOOLS [APPLICATIONS]}; with applications these are asked about too. Nobody is
 * like anybody else, which is the slowest case.
 */
final class ImpactSpeed {

    private ImpactSpeed() {}

    public static void main(String[] arguments) {
        int users = Integer.parseInt(arguments[0]);
        int tools = Integer.parseInt(arguments[1]);
        int applications = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 0;
        for (int i = 0; i < 3; i++) {
            measure(users, tools, applications);
        }
    }

    private static long measure(int users, int tools, int applications) {
        EmbeddedSnapshot before = ImpactWorld.snapshot(ImpactWorld.MODEL, tuples(users, tools, applications));
        String[] keys = new String[tools];
        for (int i = 0; i < tools; i++) {
            keys[i] = "t" + i;
        }
        List<StoredTuple> writes = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            writes.add(ImpactWorld.tuple("role:r" + i + "#assignee reader tool:t" + (i * 7 % tools)));
        }
        AccessSettings access = ClientShiftsTest.settings(applications > 0, AccessSettings.PermissionMode.ENFORCE);
        List<DomainApplication> clients = IntStream.range(0, applications)
                .mapToObj(i -> new DomainApplication("c" + i, "Client " + i, Set.of()))
                .toList();
        System.gc();
        long used = used();
        long start = System.nanoTime();
        EmbeddedSnapshot after =
                before.edited(new StoreEdit(Optional.of(ImpactWorld.MODEL), Optional.empty(), writes, List.of()));
        Impact impact = ImpactWorld.impact(
                side(access, clients, before, keys), side(access, clients, after, keys), Map.of(), ImpactProgress.NONE);
        long millis = (System.nanoTime() - start) / 1_000_000;
        System.out.println(users + " users, " + tools + " tools, " + applications + " applications, " + before.size()
                + " tuples: " + millis + " ms, " + impact.figures() + ", heap grew by " + (used() - used >> 20)
                + " MB before a collection");
        return millis;
    }

    private static ImpactSide side(
            AccessSettings access, List<DomainApplication> clients, StoreSnapshot store, String... tools) {
        ImpactSide side = ImpactWorld.side(access, store, ImpactWorld.server("one", tools));
        return new ImpactSide(side.servers(), clients, access, side.mapping(), store);
    }

    private static long used() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** Roles in roles, three a user, and each user and tool with something of his own. */
    private static List<StoredTuple> tuples(int users, int tools, int applications) {
        Random random = new Random(7);
        List<StoredTuple> tuples = new ArrayList<>();
        int roles = Math.max(20, users / 20);
        for (int role = 1; role < roles; role++) {
            tuples.add(ImpactWorld.tuple("role:r" + role + "#assignee assignee role:r" + role / 3));
        }
        for (int tool = 0; tool < tools; tool++) {
            for (int i = 0; i < 3; i++) {
                add(tuples, "role:r" + random.nextInt(roles) + "#assignee reader tool:t" + tool);
            }
            add(tuples, "role:r" + random.nextInt(roles) + "#assignee blocked tool:t" + tool);
        }
        for (int user = 0; user < users; user++) {
            for (int i = 0; i < 3; i++) {
                add(tuples, "user:u" + user + " assignee role:r" + random.nextInt(roles));
            }
            add(tuples, "user:u" + user + " can_call tool:t" + user % tools);
        }
        for (int client = 0; client < applications; client++) {
            for (int i = 0; i < 5; i++) {
                add(tuples, "application:c" + client + " can_use tool:t" + random.nextInt(tools));
            }
        }
        return tuples.stream().distinct().toList();
    }

    private static void add(List<StoredTuple> tuples, String text) {
        tuples.add(ImpactWorld.tuple(text));
    }
}
