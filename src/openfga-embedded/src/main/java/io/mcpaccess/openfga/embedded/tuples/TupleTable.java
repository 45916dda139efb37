package io.mcpaccess.openfga.embedded.tuples;

import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The tuples of a store, changed by one thread at a time and read through snapshots.
 *
 * <p>Writing is not thread-safe: the owner serializes it. Snapshots may be read by any thread while the table is
 * written.
 */
public final class TupleTable {

    private static final int FIRST_CAPACITY = 64;

    private final Symbols symbols;
    private final int epoch;
    private final TextPool texts = new TextPool();
    private final Map<StoredTuple.Condition, Integer> conditionNumbers = new HashMap<>();
    private Columns columns;
    private int rows;
    private int nodes;
    private int objects;
    private int conditions;
    private int live;
    private int revision;
    private TupleSnapshot snapshot;

    /**
     * An empty table.
     *
     * @param symbols the names of the store
     */
    public TupleTable(Symbols symbols) {
        this(symbols, TableSize.of(0));
    }

    /**
     * An empty table with room.
     *
     * @param symbols the names of the store
     * @param size how much will be added at first
     */
    public TupleTable(Symbols symbols, TableSize size) {
        this(symbols, 0, 0, size);
    }

    private TupleTable(Symbols symbols, int epoch, int revision, TableSize size) {
        this.symbols = symbols;
        this.epoch = epoch;
        this.revision = revision;
        columns = new Columns(
                Math.max(FIRST_CAPACITY, withSlack(size.rows())),
                Math.max(FIRST_CAPACITY, withSlack(size.nodes())),
                Math.max(FIRST_CAPACITY, withSlack(size.objects())),
                FIRST_CAPACITY);
        snapshot = snapshot();
    }

    /**
     * A table with the tuples of a snapshot and the same revision, without what was deleted.
     *
     * @param from the snapshot
     * @return a new table
     */
    public static TupleTable compacted(TupleSnapshot from) {
        TupleTable table = new TupleTable(from.symbols(), from.epoch() + 1, from.revision(), TableSize.of(from.size()));
        int[] renumbered = new int[from.lastObject() + 1];
        for (int row = from.nextRow(0); row != 0; row = from.nextRow(row)) {
            table.ensureRoom();
            table.append(
                    table.node(table.copyObject(from, from.targetObject(row), renumbered), from.targetRelation(row)),
                    table.node(table.copyObject(from, from.subjectObject(row), renumbered), from.subjectRelation(row)),
                    from.condition(row));
        }
        table.trim();
        return table;
    }

    private int copyObject(TupleSnapshot from, int object, int[] renumbered) {
        if (renumbered[object] == 0) {
            renumbered[object] = newObject(from.type(object), from.idBytes(object));
        }
        return renumbered[object];
    }

    /**
     * Whether so much is deleted that {@link #compacted} is worth its time.
     *
     * @return true when deleted rows begin to slow reading down
     */
    public boolean isSparse() {
        return rows - live > 1024 + live / 64;
    }

    /** Ends a change: the revision grows by one, and a new snapshot shows the change. */
    public void commit() {
        snapshot = snapshot();
    }

    /**
     * The state after the last {@link #commit}.
     *
     * @return never null
     */
    public TupleSnapshot current() {
        return snapshot;
    }

    /**
     * Adds a tuple to the change in progress. Whether it is there already is for the caller to know.
     *
     * @param tuple a tuple that is valid
     */
    public void add(StoredTuple tuple) {
        begin();
        append(tuple);
    }

    /**
     * Deletes a tuple in the change in progress.
     *
     * @param key its key
     * @return whether it was there
     */
    public boolean delete(TupleKey key) {
        begin();
        int row = find(key);
        if (row == 0) {
            return false;
        }
        columns.rows[Columns.end(row)] = revision;
        live--;
        return true;
    }

    /**
     * Whether a tuple is there, the change in progress included.
     *
     * @param key its key
     * @return true if so
     */
    public boolean holds(TupleKey key) {
        return find(key) != 0;
    }

    /** Gives memory back after many tuples were added, and leaves some for the next. */
    public void trim() {
        boolean isTrim = columns.rowRoom() <= withSlack(withSlack(rows))
                && columns.nodeRoom() <= withSlack(withSlack(nodes))
                && columns.objectRoom() <= withSlack(withSlack(objects));
        if (!isTrim) {
            resize(withSlack(rows), withSlack(nodes), withSlack(objects), withSlack(conditions));
        }
        snapshot = snapshot();
    }

    private void begin() {
        if (snapshot.revision() == revision) {
            revision++;
        }
    }

    private TupleSnapshot snapshot() {
        return new TupleSnapshot(symbols, columns, texts.pages(), epoch, revision, rows, nodes, objects, live);
    }

    /** In the change in progress, so including what it has added and without what it has deleted. */
    private int find(TupleKey key) {
        TupleSnapshot now = snapshot();
        return now.row(
                existing(now, UserText.of(key.object()), key.relation()), existing(now, UserText.of(key.user())));
    }

    private int existing(TupleSnapshot now, UserText user) {
        return existing(now, user, user.relation());
    }

    private int existing(TupleSnapshot now, UserText object, String relation) {
        int relationSymbol = relation.isEmpty() ? Symbols.NONE : symbols.find(relation);
        if (relationSymbol == Symbols.NONE && !relation.isEmpty()) {
            return 0;
        }
        return now.node(now.object(symbols.find(object.type()), object.id()), relationSymbol);
    }

    private void append(StoredTuple tuple) {
        ensureRoom();
        UserText object = UserText.of(tuple.key().object());
        UserText user = UserText.of(tuple.key().user());
        append(
                node(object(object), symbols.intern(tuple.key().relation())),
                node(object(user), user.isUserset() ? symbols.intern(user.relation()) : Symbols.NONE),
                tuple.condition().orElse(null));
    }

    private void append(int target, int subject, StoredTuple.Condition condition) {
        int row = ++rows;
        columns.rows[Columns.target(row)] = target;
        columns.rows[Columns.subject(row)] = subject;
        columns.rows[Columns.condition(row)] = condition == null ? 0 : condition(condition);
        int head = columns.nodes[Columns.relation(subject)] == Symbols.NONE
                ? Columns.users(target)
                : Columns.usersets(target);
        columns.rows[Columns.nextOfTarget(row)] = columns.nodes[head];
        columns.rows[Columns.nextOfSubject(row)] = columns.nodes[Columns.targets(subject)];
        Columns.publish(columns.nodes, head, row);
        Columns.publish(columns.nodes, Columns.targets(subject), row);
        columns.putRow(row);
        live++;
    }

    private int node(int object, int relation) {
        int node = columns.objects[Columns.firstNode(object)];
        while (node != 0 && columns.nodes[Columns.relation(node)] != relation) {
            node = columns.nodes[Columns.nextOfObject(node)];
        }
        if (node == 0) {
            node = ++nodes;
            columns.nodes[Columns.object(node)] = object;
            columns.nodes[Columns.relation(node)] = relation;
            columns.nodes[Columns.nextOfObject(node)] = columns.objects[Columns.firstNode(object)];
            Columns.publish(columns.objects, Columns.firstNode(object), node);
        }
        return node;
    }

    private int object(UserText text) {
        int type = symbols.intern(text.type());
        int known = snapshot().object(type, text.id());
        return known != 0 ? known : newObject(type, text.id().getBytes(StandardCharsets.UTF_8));
    }

    private int newObject(int type, byte[] id) {
        int object = ++objects;
        columns.objects[Columns.type(object)] = type;
        columns.objects[Columns.text(object)] = texts.append(id);
        columns.putObject(texts.pages(), object);
        return object;
    }

    private int condition(StoredTuple.Condition condition) {
        Integer known = conditionNumbers.get(condition);
        if (known != null) {
            return known;
        }
        conditions++;
        columns.conditions[conditions] = condition;
        conditionNumbers.put(condition, conditions);
        return conditions;
    }

    /** A tuple needs at most one row, two nodes, two objects and one condition. */
    private void ensureRoom() {
        boolean full = rows + 2 > columns.rowRoom()
                || nodes + 3 > columns.nodeRoom()
                || objects + 3 > columns.objectRoom()
                || conditions + 2 > columns.conditions.length;
        if (full) {
            resize(
                    grown(rows + 2, columns.rowRoom()),
                    grown(nodes + 3, columns.nodeRoom()),
                    grown(objects + 3, columns.objectRoom()),
                    grown(conditions + 2, columns.conditions.length));
        }
    }

    private static int withSlack(int used) {
        return used + used / 16 + 4;
    }

    private static int grown(int needed, int capacity) {
        return needed <= capacity ? capacity : Math.max(needed, capacity + capacity / 2);
    }

    private void resize(int rowRoom, int nodeRoom, int objectRoom, int conditionRoom) {
        Columns resized = columns.resized(rowRoom, nodeRoom, objectRoom, conditionRoom);
        for (int row = 1; row <= rows; row++) {
            resized.putRow(row);
        }
        byte[][] pages = texts.pages();
        for (int object = 1; object <= objects; object++) {
            resized.putObject(pages, object);
        }
        columns = resized;
    }
}
