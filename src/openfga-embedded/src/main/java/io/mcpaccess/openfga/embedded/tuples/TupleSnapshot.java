package io.mcpaccess.openfga.embedded.tuples;

import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The tuples of a store as they were at one revision. Immutable to its readers, who take no locks and hold no writer
 * up.
 *
 * <p>Objects, nodes and rows are numbers from 1; 0 is none. An object is {@code type:id}, the typed wildcard among
 * them with the id {@code *}. A node is an object with a relation, or with {@link Symbols#NONE} the object alone. A row
 * is a tuple from its target node to its subject node.
 */
public final class TupleSnapshot {

    private final Symbols symbols;
    private final Columns columns;
    private final byte[][] pages;
    private final int epoch;
    private final int revision;
    private final int rows;
    private final int nodes;
    private final int objects;
    private final int live;

    TupleSnapshot(
            Symbols symbols,
            Columns columns,
            byte[][] pages,
            int epoch,
            int revision,
            int rows,
            int nodes,
            int objects,
            int live) {
        this.symbols = symbols;
        this.columns = columns;
        this.pages = pages;
        this.epoch = epoch;
        this.revision = revision;
        this.rows = rows;
        this.nodes = nodes;
        this.objects = objects;
        this.live = live;
    }

    /**
     * The names behind types and relations.
     *
     * @return the store's symbols
     */
    public Symbols symbols() {
        return symbols;
    }

    /**
     * Which state of the store this is.
     *
     * @return grows by one with every change
     */
    public int revision() {
        return revision;
    }

    /**
     * Which table this is a state of: rows keep their numbers in the states of one table.
     *
     * @return differs from the epochs of tables before and after a compaction
     */
    public int epoch() {
        return epoch;
    }

    /**
     * How many tuples there are.
     *
     * @return the count
     */
    public int size() {
        return live;
    }

    /**
     * How large the table is.
     *
     * @return the tuples, and the nodes and objects behind them and behind deleted ones
     */
    public TableSize tableSize() {
        return new TableSize(live, nodes, objects);
    }

    /**
     * The highest object.
     *
     * @return all objects are in 1 to this
     */
    public int lastObject() {
        return objects;
    }

    /**
     * Finds an object.
     *
     * @param type its type's symbol
     * @param id its id
     * @return the object, or 0 when no tuple ever named it
     */
    public int object(int type, String id) {
        byte[] text = id.getBytes(StandardCharsets.UTF_8);
        int[] slots = columns.objectSlots;
        int mask = slots.length - 1;
        int slot = Columns.hash(type, text, 0, text.length) & mask;
        for (int object = Columns.get(slots, slot); object != 0; object = Columns.get(slots, slot)) {
            if (object <= objects && columns.objects[Columns.type(object)] == type && isText(object, text)) {
                return object;
            }
            slot = slot + 1 & mask;
        }
        return 0;
    }

    private boolean isText(int object, byte[] text) {
        int place = columns.objects[Columns.text(object)];
        byte[] page = TextPool.page(pages, place);
        return Columns.sameBytes(page, TextPool.from(place), TextPool.length(page, place), text);
    }

    /**
     * Finds a node.
     *
     * @param object an object, or 0
     * @param relation a relation's symbol, or {@link Symbols#NONE}
     * @return the node, or 0 when no tuple ever named it
     */
    public int node(int object, int relation) {
        if (object == 0 || object > objects) {
            return 0;
        }
        int node = Columns.get(columns.objects, Columns.firstNode(object));
        while (node != 0 && (node > nodes || columns.nodes[Columns.relation(node)] != relation)) {
            node = columns.nodes[Columns.nextOfObject(node)];
        }
        return node;
    }

    /**
     * Finds a tuple.
     *
     * @param target its target node, or 0
     * @param subject its subject node, or 0
     * @return the row, or 0 when there is no such tuple
     */
    public int row(int target, int subject) {
        if (target == 0 || subject == 0) {
            return 0;
        }
        int[] slots = columns.rowSlots;
        int mask = slots.length - 1;
        int slot = Columns.hash(target, subject) & mask;
        for (int row = Columns.get(slots, slot); row != 0; row = Columns.get(slots, slot)) {
            if (columns.rows[Columns.target(row)] == target
                    && columns.rows[Columns.subject(row)] == subject
                    && isLive(row)) {
                return row;
            }
            slot = slot + 1 & mask;
        }
        return 0;
    }

    /**
     * The next tuple in the order in which they were written.
     *
     * @param after a row, or 0 for the first
     * @return a row that counts, or 0 when there is no more
     */
    public int nextRow(int after) {
        for (int row = after + 1; row <= rows; row++) {
            if (isLive(row)) {
                return row;
            }
        }
        return 0;
    }

    /**
     * Whether a row counts in this snapshot.
     *
     * @param row a row
     * @return false when it is newer or deleted
     */
    public boolean isLive(int row) {
        if (row > rows) {
            return false;
        }
        int end = columns.rows[Columns.end(row)];
        return end == 0 || end > revision;
    }

    /**
     * The first tuple of a target whose subject is a userset.
     *
     * @param target a node, or 0
     * @return a row that counts, or 0
     */
    public int firstUserset(int target) {
        return target == 0 ? 0 : skipOfTarget(Columns.get(columns.nodes, Columns.usersets(target)));
    }

    /**
     * The first tuple of a target whose subject is a user, an object or a wildcard.
     *
     * @param target a node, or 0
     * @return a row that counts, or 0
     */
    public int firstUser(int target) {
        return target == 0 ? 0 : skipOfTarget(Columns.get(columns.nodes, Columns.users(target)));
    }

    /**
     * The next tuple of the same target and kind of subject.
     *
     * @param row a row
     * @return a row that counts, or 0
     */
    public int nextOfTarget(int row) {
        return skipOfTarget(columns.rows[Columns.nextOfTarget(row)]);
    }

    /**
     * The first tuple that names a subject.
     *
     * @param subject a node, or 0
     * @return a row that counts, or 0
     */
    public int firstTarget(int subject) {
        return subject == 0 ? 0 : skipOfSubject(Columns.get(columns.nodes, Columns.targets(subject)));
    }

    /**
     * The next tuple that names the same subject.
     *
     * @param row a row
     * @return a row that counts, or 0
     */
    public int nextOfSubject(int row) {
        return skipOfSubject(columns.rows[Columns.nextOfSubject(row)]);
    }

    private int skipOfTarget(int row) {
        int candidate = row;
        while (candidate != 0 && !isLive(candidate)) {
            candidate = columns.rows[Columns.nextOfTarget(candidate)];
        }
        return candidate;
    }

    private int skipOfSubject(int row) {
        int candidate = row;
        while (candidate != 0 && !isLive(candidate)) {
            candidate = columns.rows[Columns.nextOfSubject(candidate)];
        }
        return candidate;
    }

    /**
     * The target object of a tuple.
     *
     * @param row a row
     * @return an object
     */
    public int targetObject(int row) {
        return columns.nodes[Columns.object(columns.rows[Columns.target(row)])];
    }

    /**
     * The relation of a tuple.
     *
     * @param row a row
     * @return a symbol
     */
    public int targetRelation(int row) {
        return columns.nodes[Columns.relation(columns.rows[Columns.target(row)])];
    }

    /**
     * The object of a tuple's user.
     *
     * @param row a row
     * @return an object
     */
    public int subjectObject(int row) {
        return columns.nodes[Columns.object(columns.rows[Columns.subject(row)])];
    }

    /**
     * The relation of a tuple's user.
     *
     * @param row a row
     * @return a symbol, or {@link Symbols#NONE} when the user is no userset
     */
    public int subjectRelation(int row) {
        return columns.nodes[Columns.relation(columns.rows[Columns.subject(row)])];
    }

    /**
     * The condition of a tuple.
     *
     * @param row a row
     * @return the condition, or null when the tuple has none
     */
    public StoredTuple.Condition condition(int row) {
        return columns.conditions[columns.rows[Columns.condition(row)]];
    }

    /**
     * The type of an object.
     *
     * @param object an object
     * @return a symbol
     */
    public int type(int object) {
        return columns.objects[Columns.type(object)];
    }

    /**
     * The id of an object.
     *
     * @param object an object
     * @return the part after the colon
     */
    public String id(int object) {
        return TextPool.text(pages, columns.objects[Columns.text(object)]);
    }

    byte[] idBytes(int object) {
        int place = columns.objects[Columns.text(object)];
        byte[] page = TextPool.page(pages, place);
        int from = TextPool.from(place);
        return Arrays.copyOfRange(page, from, from + TextPool.length(page, place));
    }

    /**
     * Whether an object is the typed wildcard.
     *
     * @param object an object
     * @return whether its id is {@code *}
     */
    public boolean isWildcard(int object) {
        int place = columns.objects[Columns.text(object)];
        byte[] page = TextPool.page(pages, place);
        return TextPool.length(page, place) == 1 && page[TextPool.from(place)] == '*';
    }

    /**
     * An object as text.
     *
     * @param object an object
     * @return {@code type:id}
     */
    public String text(int object) {
        return symbols.name(type(object)) + ":" + id(object);
    }

    /**
     * A tuple as text.
     *
     * @param row a row
     * @return the tuple
     */
    public StoredTuple tuple(int row) {
        String user = text(subjectObject(row));
        if (subjectRelation(row) != Symbols.NONE) {
            user += "#" + symbols.name(subjectRelation(row));
        }
        TupleKey key = new TupleKey(user, symbols.name(targetRelation(row)), text(targetObject(row)));
        return new StoredTuple(key, Optional.ofNullable(condition(row)));
    }
}
