package io.mcpaccess.openfga.embedded.explain;

import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tuples that would have to be added for a relation to hold.
 *
 * @param tuples by key; empty when it holds already
 * @param distance how far from the object that was asked about the tuples are, and a little more for those that do not
 *     name the user; the nearer ones are the likelier
 */
record Repair(Map<TupleKey, StoredTuple> tuples, int distance) {

    static final int MOST = 5;

    /** Fewer tuples first, then nearer ones, then by their text so that the order is stable. */
    private static final Comparator<Repair> ORDER = Comparator.<Repair>comparingInt(repair -> repair.tuples.size())
            .thenComparingInt(Repair::distance)
            .thenComparing(repair -> repair.tuples.keySet().toString());

    static Repair nothing() {
        return new Repair(Map.of(), 0);
    }

    static Repair of(StoredTuple tuple, int distance) {
        return new Repair(Map.of(tuple.key(), tuple), distance);
    }

    Repair with(Repair other) {
        Map<TupleKey, StoredTuple> both = new LinkedHashMap<>(tuples);
        both.putAll(other.tuples);
        return new Repair(both, Math.max(distance, other.distance));
    }

    /** The best of some, without those that hold all of a better one. */
    static List<Repair> best(List<Repair> repairs) {
        List<Repair> best = new ArrayList<>();
        for (Repair repair : repairs.stream().sorted(ORDER).toList()) {
            boolean worse =
                    best.stream().anyMatch(other -> repair.tuples.keySet().containsAll(other.tuples.keySet()));
            if (!worse) {
                best.add(repair);
            }
            if (best.size() == MOST) {
                break;
            }
        }
        return best;
    }
}
