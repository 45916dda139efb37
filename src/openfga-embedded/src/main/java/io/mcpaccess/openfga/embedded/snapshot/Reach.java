package io.mcpaccess.openfga.embedded.snapshot;

import io.mcpaccess.openfga.embedded.tuples.TupleSnapshot;
import java.util.BitSet;

/**
 * Which objects can be reached from others along tuples, from a tuple's user to its object, whatever the relations. A relation
 * holds only where such a way leads from the user, or from everyone of his type, to the object; so there is nothing to ask about an
 * object that is not reached. For one thread.
 */
final class Reach {

    private final int[] start;
    private final int[] targets;
    private final int[] stamp;
    private final int[] found;
    private int round;

    Reach(TupleSnapshot tuples) {
        int objects = tuples.lastObject() + 1;
        this.start = new int[objects + 1];
        this.stamp = new int[objects];
        this.found = new int[objects];
        int rows = 0;
        for (int row = tuples.nextRow(0); row != 0; row = tuples.nextRow(row)) {
            start[tuples.subjectObject(row) + 1]++;
            rows++;
        }
        for (int i = 1; i <= objects; i++) {
            start[i] += start[i - 1];
        }
        this.targets = new int[rows];
        int[] next = start.clone();
        for (int row = tuples.nextRow(0); row != 0; row = tuples.nextRow(row)) {
            targets[next[tuples.subjectObject(row)]++] = tuples.targetObject(row);
        }
    }

    /** Takes what was found. */
    @FunctionalInterface
    interface Taker {
        void object(int object);
    }

    /** Gives the objects that can be reached from some, themselves left out unless a way leads back. 0 and unknown ones are passed over. */
    void from(Taker taker, int... objects) {
        round++;
        int size = 0;
        for (int object : objects) {
            size = follow(object, size);
        }
        for (int i = 0; i < size; i++) {
            taker.object(found[i]);
            size = follow(found[i], size);
        }
    }

    private int follow(int object, int size) {
        int end = size;
        if (object <= 0 || object + 1 >= start.length) {
            return end;
        }
        for (int edge = start[object]; edge < start[object + 1]; edge++) {
            if (stamp[targets[edge]] != round) {
                stamp[targets[edge]] = round;
                found[end++] = targets[edge];
            }
        }
        return end;
    }

    /** The objects that can be reached from some, these included. */
    BitSet around(BitSet objects) {
        BitSet all = (BitSet) objects.clone();
        from(all::set, objects.stream().toArray());
        return all;
    }
}
