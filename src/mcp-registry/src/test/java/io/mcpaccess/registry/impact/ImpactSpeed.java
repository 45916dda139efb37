package io.mcpaccess.registry.impact;

import io.mcpaccess.core.decision.AccessSettings;
import io.mcpaccess.openfga.StoreEdit;
import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.embedded.snapshot.EmbeddedSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Measures impacts: {@code java … ImpactSpeed USERS TOOLS}. Nobody is like anybody else, which is the slowest case. */
final class ImpactSpeed {

    private ImpactSpeed() {}

    public static void main(String[] arguments) {
        int users = Integer.parseInt(arguments[0]);
        int tools = Integer.parseInt(arguments[1]);
        for (int i = 0; i < 3; i++) {
            measure(users, tools);
        }
    }

    static long measure(int users, int tools) {
        EmbeddedSnapshot before = ImpactWorld.snapshot(ImpactWorld.MODEL, tuples(users, tools));
        String[] keys = new String[tools];
        for (int i = 0; i < tools; i++) {
            keys[i] = "t" + i;
        }
        List<StoredTuple> writes = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            writes.add(ImpactWorld.tuple("role:r" + i + "#assignee reader tool:t" + (i * 7 % tools)));
        }
        System.gc();
        long used = used();
        long start = System.nanoTime();
        EmbeddedSnapshot after = (EmbeddedSnapshot)
                before.edited(new StoreEdit(Optional.of(ImpactWorld.MODEL), Optional.empty(), writes, List.of()));
        Impact impact = ImpactWorld.impact(
                ImpactWorld.side(AccessSettings.DEFAULTS, before, ImpactWorld.server("one", keys)),
                ImpactWorld.side(AccessSettings.DEFAULTS, after, ImpactWorld.server("one", keys)),
                Map.of(),
                ImpactProgress.NONE);
        long millis = (System.nanoTime() - start) / 1_000_000;
        System.out.println(users + " users, " + tools + " tools, " + before.size() + " tuples: " + millis + " ms, "
                + impact.figures() + ", heap grew by " + (used() - used >> 20) + " MB before a collection");
        return millis;
    }

    private static long used() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** Roles in roles, three a user, and each user and tool with something of his own. */
    private static List<StoredTuple> tuples(int users, int tools) {
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
        return tuples.stream().distinct().toList();
    }

    private static void add(List<StoredTuple> tuples, String text) {
        tuples.add(ImpactWorld.tuple(text));
    }
}
