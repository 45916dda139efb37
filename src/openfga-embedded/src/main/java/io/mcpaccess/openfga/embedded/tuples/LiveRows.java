package io.mcpaccess.openfga.embedded.tuples;

import io.mcpaccess.openfga.StoredTuple;

/**
 * The rows of a table that count at one revision, and the chains that lead from one to the next. A row that was deleted stays in its
 * chain and is passed over.
 */
public abstract sealed class LiveRows permits TupleSnapshot {

    final Columns columns;
    private final int revision;
    private final int rows;

    LiveRows(Columns columns, int revision, int rows) {
        this.columns = columns;
        this.revision = revision;
        this.rows = rows;
    }

    /**
     * Which state of the store this is.
     *
     * @return grows by one with every change
     */
    public final int revision() {
        return revision;
    }

    /**
     * The next tuple in the order in which they were written.
     *
     * @param after a row, or 0 for the first
     * @return a row that counts, or 0 when there is no more
     */
    public final int nextRow(int after) {
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
    public final boolean isLive(int row) {
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
    public final int firstUserset(int target) {
        return target == 0 ? 0 : skipOfTarget(Columns.get(columns.nodes, Columns.usersets(target)));
    }

    /**
     * The first tuple of a target whose subject is a user, an object or a wildcard.
     *
     * @param target a node, or 0
     * @return a row that counts, or 0
     */
    public final int firstUser(int target) {
        return target == 0 ? 0 : skipOfTarget(Columns.get(columns.nodes, Columns.users(target)));
    }

    /**
     * The next tuple of the same target and kind of subject.
     *
     * @param row a row
     * @return a row that counts, or 0
     */
    public final int nextOfTarget(int row) {
        return skipOfTarget(columns.rows[Columns.nextOfTarget(row)]);
    }

    /**
     * The first tuple that names a subject.
     *
     * @param subject a node, or 0
     * @return a row that counts, or 0
     */
    public final int firstTarget(int subject) {
        return subject == 0 ? 0 : skipOfSubject(Columns.get(columns.nodes, Columns.targets(subject)));
    }

    /**
     * The next tuple that names the same subject.
     *
     * @param row a row
     * @return a row that counts, or 0
     */
    public final int nextOfSubject(int row) {
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
    public final int targetObject(int row) {
        return columns.nodes[Columns.object(columns.rows[Columns.target(row)])];
    }

    /**
     * The relation of a tuple.
     *
     * @param row a row
     * @return a symbol
     */
    public final int targetRelation(int row) {
        return columns.nodes[Columns.relation(columns.rows[Columns.target(row)])];
    }

    /**
     * The object of a tuple's user.
     *
     * @param row a row
     * @return an object
     */
    public final int subjectObject(int row) {
        return columns.nodes[Columns.object(columns.rows[Columns.subject(row)])];
    }

    /**
     * The relation of a tuple's user.
     *
     * @param row a row
     * @return a symbol, or {@link Symbols#NONE} when the user is no userset
     */
    public final int subjectRelation(int row) {
        return columns.nodes[Columns.relation(columns.rows[Columns.subject(row)])];
    }

    /**
     * The condition of a tuple.
     *
     * @param row a row
     * @return the condition, or null when the tuple has none
     */
    public final StoredTuple.Condition condition(int row) {
        return columns.conditions[columns.rows[Columns.condition(row)]];
    }
}
