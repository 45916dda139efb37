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
public final class TupleSnapshot extends LiveRows {

    private final Symbols symbols;
    private final byte[][] pages;
    private final int epoch;
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
        super(columns, revision, rows);
        this.symbols = symbols;
        this.pages = pages;
        this.epoch = epoch;
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
