package io.mcpaccess.engine.embedded.tuples;

import io.mcpaccess.engine.backend.StoredTuple;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * The arrays behind a tuple table.
 *
 * <p>An <em>object</em> is {@code type:id}; a <em>node</em> is an object with a relation, or alone (a user); a
 * <em>row</em> is a tuple: from a target node to a subject node. One writer appends; readers see the rows, nodes and
 * objects below the counts of their snapshot. Arrays that the writer changes in place (heads of chains and hash slots)
 * are written with release and read with acquire, so that a reader who meets a row newer than its snapshot can step
 * over it. Growing replaces all arrays at once: older snapshots keep the older ones.
 *
 * <p>Everywhere 0 means none; numbering starts at 1.
 */
final class Columns {

    private static final VarHandle INTS = MethodHandles.arrayElementVarHandle(int[].class);

    final int[] rowTarget;
    final int[] rowSubject;
    final int[] rowCondition;
    /** The revision that deleted the row, 0 while it counts. */
    final int[] rowEnd;

    final int[] rowNextOfTarget;
    final int[] rowNextOfSubject;
    final int[] rowSlots;

    final int[] nodeObject;
    final int[] nodeRelation;
    final int[] nodeNextOfObject;
    final int[] nodeUsers;
    final int[] nodeUsersets;
    final int[] nodeTargets;

    final int[] objectType;
    final int[] objectText;
    final int[] objectNodes;
    final int[] objectSlots;

    final StoredTuple.Condition[] conditions;

    Columns(int rows, int nodes, int objects, int conditionCount) {
        rowTarget = new int[rows];
        rowSubject = new int[rows];
        rowCondition = new int[rows];
        rowEnd = new int[rows];
        rowNextOfTarget = new int[rows];
        rowNextOfSubject = new int[rows];
        rowSlots = new int[slots(rows)];
        nodeObject = new int[nodes];
        nodeRelation = new int[nodes];
        nodeNextOfObject = new int[nodes];
        nodeUsers = new int[nodes];
        nodeUsersets = new int[nodes];
        nodeTargets = new int[nodes];
        objectType = new int[objects];
        objectText = new int[objects];
        objectNodes = new int[objects];
        objectSlots = new int[slots(objects)];
        conditions = new StoredTuple.Condition[conditionCount];
    }

    /** A copy with room for more; the hash slots of the copy are empty and must be filled by the caller. */
    Columns resized(int rows, int nodes, int objects, int conditionCount) {
        Columns copy = new Columns(rows, nodes, objects, conditionCount);
        copy(rowTarget, copy.rowTarget);
        copy(rowSubject, copy.rowSubject);
        copy(rowCondition, copy.rowCondition);
        copy(rowEnd, copy.rowEnd);
        copy(rowNextOfTarget, copy.rowNextOfTarget);
        copy(rowNextOfSubject, copy.rowNextOfSubject);
        copy(nodeObject, copy.nodeObject);
        copy(nodeRelation, copy.nodeRelation);
        copy(nodeNextOfObject, copy.nodeNextOfObject);
        copy(nodeUsers, copy.nodeUsers);
        copy(nodeUsersets, copy.nodeUsersets);
        copy(nodeTargets, copy.nodeTargets);
        copy(objectType, copy.objectType);
        copy(objectText, copy.objectText);
        copy(objectNodes, copy.objectNodes);
        System.arraycopy(conditions, 0, copy.conditions, 0, Math.min(conditions.length, conditionCount));
        return copy;
    }

    private static void copy(int[] from, int[] to) {
        System.arraycopy(from, 0, to, 0, Math.min(from.length, to.length));
    }

    /** A power of two, at most three quarters full. */
    private static int slots(int entries) {
        int wanted = Math.max(4, entries + entries / 3 + 1);
        return Integer.highestOneBit(wanted - 1) << 1;
    }

    static int get(int[] array, int index) {
        return (int) INTS.getAcquire(array, index);
    }

    static void publish(int[] array, int index, int value) {
        INTS.setRelease(array, index, value);
    }

    static int hash(int first, int second) {
        long mixed = (first * 0x9E3779B97F4A7C15L) ^ (second * 0xC2B2AE3D27D4EB4FL);
        mixed ^= mixed >>> 32;
        mixed *= 0xD6E8FEB86659FD93L;
        return (int) (mixed ^ (mixed >>> 29));
    }

    static int hash(int type, byte[] text, int from, int length) {
        int hash = 0x811C9DC5 ^ type;
        for (int i = from; i < from + length; i++) {
            hash = (hash ^ text[i]) * 0x01000193;
        }
        hash ^= hash >>> 15;
        hash *= 0x2C1B3C6D;
        return hash ^ (hash >>> 13);
    }

    static boolean sameBytes(byte[] first, int from, int length, byte[] second) {
        return Arrays.equals(first, from, from + length, second, 0, second.length);
    }
}
