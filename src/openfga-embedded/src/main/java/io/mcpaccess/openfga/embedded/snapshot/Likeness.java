package io.mcpaccess.openfga.embedded.snapshot;

import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.embedded.tuples.Symbols;
import io.mcpaccess.openfga.embedded.tuples.TupleSnapshot;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Finds objects of a type that have the same tuples. Two such objects can change places without any other tuple changing, so every
 * question has the same answer for both; conditions see no names. An object that has a tuple with another of its own type is alike
 * to nobody: exchanging the two would change that tuple.
 *
 * <p>Tuples of an object are summed up in 128 bits, whatever their order. Sums of different tuples are equal by chance once in some
 * 10^38 pairs.
 */
final class Likeness {

    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final TupleSnapshot tuples;
    private final int type;
    private final long[] first;
    private final long[] second;
    private final BitSet named = new BitSet();
    private final BitSet alone = new BitSet();
    private final Map<StoredTuple.Condition, Integer> conditions = new HashMap<>();

    private Likeness(TupleSnapshot tuples, int type) {
        this.tuples = tuples;
        this.type = type;
        this.first = new long[tuples.lastObject() + 1];
        this.second = new long[tuples.lastObject() + 1];
    }

    /** Groups by object. */
    static Map<String, Integer> of(TupleSnapshot tuples, String typeName) {
        int type = tuples.symbols().find(typeName);
        return type == Symbols.NONE ? Map.of() : new Likeness(tuples, type).groups();
    }

    private record Sum(long first, long second, int alone) {}

    private Map<String, Integer> groups() {
        for (int row = tuples.nextRow(0); row != 0; row = tuples.nextRow(row)) {
            take(row);
        }
        Map<Sum, Integer> numbers = new HashMap<>();
        Map<String, Integer> groups = new LinkedHashMap<>();
        for (int object = named.nextSetBit(0); object >= 0; object = named.nextSetBit(object + 1)) {
            Sum sum = new Sum(first[object], second[object], alone.get(object) ? object : 0);
            groups.put(tuples.text(object), numbers.computeIfAbsent(sum, each -> numbers.size() + 1));
        }
        return groups;
    }

    private void take(int row) {
        int target = tuples.targetObject(row);
        int subject = tuples.subjectObject(row);
        boolean isTarget = tuples.type(target) == type;
        boolean isSubject = tuples.type(subject) == type && !tuples.isWildcard(subject);
        if (!isTarget && !isSubject) {
            return;
        }
        int condition = tuples.condition(row) == null
                ? 0
                : conditions.computeIfAbsent(tuples.condition(row), each -> conditions.size() + 1);
        if (isTarget && isSubject) {
            alone.set(target);
            alone.set(subject);
        }
        if (isTarget) {
            add(target, hash(1, subject, tuples.subjectRelation(row), tuples.targetRelation(row), condition));
        }
        if (isSubject) {
            add(subject, hash(2, target, tuples.subjectRelation(row), tuples.targetRelation(row), condition));
        }
    }

    private void add(int object, long hash) {
        named.set(object);
        first[object] += hash;
        second[object] += mixed(hash ^ MIX);
    }

    private static long hash(int... parts) {
        long hash = 0;
        for (int part : parts) {
            hash = mixed(hash + MIX + part);
        }
        return hash;
    }

    /** The finaliser of SplitMix64 (Steele, Lea, Flood 2014): each bit of the input changes half of the output. */
    private static long mixed(long value) {
        long mixed = value;
        mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }
}
