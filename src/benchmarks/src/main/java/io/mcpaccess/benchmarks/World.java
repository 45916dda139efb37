package io.mcpaccess.benchmarks;

import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.openfga.embedded.ChangeLog;
import io.mcpaccess.openfga.embedded.EmbeddedEngine;
import io.mcpaccess.openfga.embedded.StoreContent;
import io.mcpaccess.openfga.embedded.Ulids;
import io.mcpaccess.openfga.embedded.model.ModelReader;
import io.mcpaccess.openfga.embedded.tuples.Symbols;
import io.mcpaccess.openfga.embedded.tuples.TupleTable;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/**
 * A store of any size made of units, which are alike and share nothing: a question about one of them is a question about
 * a random place of the store. A unit has a direct grant, a chain of 5 and one of 12 tuples, a grant at the end of a
 * union of 20, an intersection with an exclusion, and a grant with a condition. One user reads a hundred documents, and
 * one document has a hundred readers.
 */
final class World {

    static final int TUPLES_PER_UNIT = 1 + 5 + 12 + 1 + 2 + 1;
    static final int FOUND = 100;
    static final int UNION = 20;

    static final String MODEL = model();

    private final int units;

    World(int tuples) {
        units = Math.max(1, tuples / TUPLES_PER_UNIT);
    }

    private static String model() {
        StringBuilder model = new StringBuilder("""
                model
                  schema 1.1
                type user
                type group
                  relations
                    define member: [user, group#member]
                type document
                  relations
                    define reader: [user, group#member]
                    define cleared: [user]
                    define blocked: [user]
                    define auditor: (reader and cleared) but not blocked
                    define visitor: [user with small]
                """);
        for (int i = 1; i <= UNION; i++) {
            model.append("    define way").append(i).append(": [user]\n");
        }
        model.append("    define any: way1");
        for (int i = 2; i <= UNION; i++) {
            model.append(" or way").append(i);
        }
        return model.append("\ncondition small(amount: int, limit: int) {\n  amount <= limit\n}\n")
                .toString();
    }

    int units() {
        return units;
    }

    void each(Consumer<StoredTuple> sink) {
        for (int unit = 0; unit < units; unit++) {
            sink.accept(tuple(user(unit), "reader", document("direct", unit)));
            chain(5, unit, sink);
            chain(12, unit, sink);
            sink.accept(tuple(user(unit), "way" + UNION, document("union", unit)));
            sink.accept(tuple(user(unit), "reader", document("audited", unit)));
            sink.accept(tuple(user(unit), "cleared", document("audited", unit)));
            sink.accept(new StoredTuple(
                    new TupleKey(user(unit), "visitor", document("visited", unit)),
                    Optional.of(new StoredTuple.Condition("small", Map.of("limit", 10)))));
        }
        for (int i = 0; i < FOUND; i++) {
            sink.accept(tuple("user:finder", "reader", "document:found-" + i));
            sink.accept(tuple("user:found-" + i, "reader", "document:finder"));
        }
    }

    private static void chain(int depth, int unit, Consumer<StoredTuple> sink) {
        String object = document("depth" + depth, unit);
        String relation = "reader";
        for (int i = depth; i > 1; i--) {
            String group = "group:" + depth + "-" + unit + "-" + i;
            sink.accept(tuple(group + "#member", relation, object));
            object = group;
            relation = "member";
        }
        sink.accept(tuple(user(unit), relation, object));
    }

    private static StoredTuple tuple(String user, String relation, String object) {
        return StoredTuple.of(new TupleKey(user, relation, object));
    }

    static String user(int unit) {
        return "user:u" + unit;
    }

    static String document(String kind, int unit) {
        return "document:" + kind + "-" + unit;
    }

    EmbeddedEngine engine() {
        TupleTable table = new TupleTable(new Symbols());
        each(table::add);
        table.commit();
        table.trim();
        EmbeddedEngine engine = new EmbeddedEngine(
                new StoreContent("bench", List.of(), List.of()),
                ChangeLog.none(),
                new Ulids(Clock.systemUTC(), new Random(1)));
        engine.replace(
                "bench",
                List.of(new StoreContent.Model("01BENCH0000000000000000000", ModelReader.fromDsl(MODEL))),
                table);
        return engine;
    }

    List<StoredTuple> tuples() {
        List<StoredTuple> tuples = new ArrayList<>();
        each(tuples::add);
        return tuples;
    }
}
