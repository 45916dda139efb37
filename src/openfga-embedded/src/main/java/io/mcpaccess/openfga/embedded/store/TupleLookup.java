package io.mcpaccess.openfga.embedded.store;

import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.openfga.embedded.tuples.Symbols;
import io.mcpaccess.openfga.embedded.tuples.TupleSnapshot;
import io.mcpaccess.openfga.embedded.tuples.TupleTable;
import io.mcpaccess.openfga.embedded.tuples.UserText;

/** Finds tuples by their text. */
final class TupleLookup {

    private TupleLookup() {}

    /** The row of a tuple, or 0. */
    static int row(TupleSnapshot snapshot, TupleKey key) {
        UserText user = UserText.of(key.user());
        UserText object = UserText.of(key.object());
        return snapshot.row(
                node(snapshot, object, key.relation()), node(snapshot, user, user.isUserset() ? user.relation() : ""));
    }

    private static int node(TupleSnapshot snapshot, UserText object, String relation) {
        Symbols symbols = snapshot.symbols();
        int symbol = symbols.find(relation);
        if (symbol == Symbols.NONE && !relation.isEmpty()) {
            return 0;
        }
        return snapshot.node(snapshot.object(symbols.find(object.type()), object.id()), symbol);
    }

    /** The row of a tuple with the same condition, or 0. */
    static int row(TupleSnapshot snapshot, StoredTuple tuple) {
        int row = row(snapshot, tuple.key());
        return row != 0 && tuple.equals(snapshot.tuple(row)) ? row : 0;
    }

    /** Whether a table holds a tuple with the same condition, what was added since the last commit included. */
    static boolean holds(TupleTable table, StoredTuple tuple) {
        table.commit();
        return row(table.current(), tuple) != 0;
    }
}
