package io.mcpaccess.openfga.embedded.tuples;

import io.mcpaccess.openfga.StoredTuple;
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
 * over it. Growing replaces all arrays at once: older snapshots keep the older ones. The arrays are few because a
 * garbage collector may round each large one up to whole regions.
 *
 * <p>Everywhere 0 means none; numbering starts at 1.
 */
final class Columns {

    private static final VarHandle INTS = MethodHandles.arrayElementVarHandle(int[].class);

    /** A row's fields stand together, so that reading a tuple is one access to memory; likewise nodes and objects. */
    private static final int ROW_FIELDS = 6;

    private static final int NODE_FIELDS = 6;
    private static final int OBJECT_FIELDS = 3;

    final int[] rows;
    final int[] rowSlots;
    final int[] nodes;
    final int[] objects;
    final int[] objectSlots;
    final StoredTuple.Condition[] conditions;

    Columns(int rowRoom, int nodeRoom, int objectRoom, int conditionRoom) {
        rows = new int[Math.multiplyExact(rowRoom, ROW_FIELDS)];
        rowSlots = new int[slots(rowRoom)];
        nodes = new int[Math.multiplyExact(nodeRoom, NODE_FIELDS)];
        objects = new int[Math.multiplyExact(objectRoom, OBJECT_FIELDS)];
        objectSlots = new int[slots(objectRoom)];
        conditions = new StoredTuple.Condition[conditionRoom];
    }

    /** A copy with room for more; the hash slots of the copy are empty and must be filled by the caller. */
    Columns resized(int rowRoom, int nodeRoom, int objectRoom, int conditionRoom) {
        Columns copy = new Columns(rowRoom, nodeRoom, objectRoom, conditionRoom);
        System.arraycopy(rows, 0, copy.rows, 0, Math.min(rows.length, copy.rows.length));
        System.arraycopy(nodes, 0, copy.nodes, 0, Math.min(nodes.length, copy.nodes.length));
        System.arraycopy(objects, 0, copy.objects, 0, Math.min(objects.length, copy.objects.length));
        System.arraycopy(conditions, 0, copy.conditions, 0, Math.min(conditions.length, conditionRoom));
        return copy;
    }

    int rowRoom() {
        return rows.length / ROW_FIELDS;
    }

    int nodeRoom() {
        return nodes.length / NODE_FIELDS;
    }

    int objectRoom() {
        return objects.length / OBJECT_FIELDS;
    }

    static int target(int row) {
        return row * ROW_FIELDS;
    }

    static int subject(int row) {
        return row * ROW_FIELDS + 1;
    }

    static int condition(int row) {
        return row * ROW_FIELDS + 2;
    }

    /** The revision that deleted the row, 0 while it counts. */
    static int end(int row) {
        return row * ROW_FIELDS + 3;
    }

    static int nextOfTarget(int row) {
        return row * ROW_FIELDS + 4;
    }

    static int nextOfSubject(int row) {
        return row * ROW_FIELDS + 5;
    }

    static int object(int node) {
        return node * NODE_FIELDS;
    }

    static int relation(int node) {
        return node * NODE_FIELDS + 1;
    }

    static int nextOfObject(int node) {
        return node * NODE_FIELDS + 2;
    }

    static int users(int node) {
        return node * NODE_FIELDS + 3;
    }

    static int usersets(int node) {
        return node * NODE_FIELDS + 4;
    }

    static int targets(int node) {
        return node * NODE_FIELDS + 5;
    }

    static int type(int object) {
        return object * OBJECT_FIELDS;
    }

    static int text(int object) {
        return object * OBJECT_FIELDS + 1;
    }

    static int firstNode(int object) {
        return object * OBJECT_FIELDS + 2;
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

    /** Lets a row be found by its nodes. */
    void putRow(int row) {
        int mask = rowSlots.length - 1;
        int slot = hash(rows[target(row)], rows[subject(row)]) & mask;
        while (rowSlots[slot] != 0) {
            slot = slot + 1 & mask;
        }
        publish(rowSlots, slot, row);
    }

    /** Lets an object be found by its type and id. */
    void putObject(byte[][] pages, int object) {
        int place = objects[text(object)];
        byte[] page = TextPool.page(pages, place);
        int length = TextPool.length(page, place);
        int mask = objectSlots.length - 1;
        int slot = hash(objects[type(object)], page, TextPool.from(place), length) & mask;
        while (objectSlots[slot] != 0) {
            slot = slot + 1 & mask;
        }
        publish(objectSlots, slot, object);
    }
}
