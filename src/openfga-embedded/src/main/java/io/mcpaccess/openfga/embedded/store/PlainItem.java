package io.mcpaccess.openfga.embedded.store;

import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import java.io.IOException;
import java.util.Optional;

/** An item of a plain list of tuples, from its dash to the line behind it. For one thread, and one item at a time. */
final class PlainItem {

    private static final String CONDITION = "condition:";

    private final PlainLines lines;
    private final Conditions conditions;
    private boolean isMore;
    private int line;
    private int column;
    private String user;
    private String relation;
    private String object;
    private StoredTuple.Condition condition;

    /** Reads the condition that stands between two places of the text; fails where it is for the reader of YAML. */
    @FunctionalInterface
    interface Conditions {
        StoredTuple.Condition read(int start, int end, int column) throws IOException;
    }

    PlainItem(PlainLines lines, Conditions conditions) {
        this.lines = lines;
        this.conditions = conditions;
        this.isMore = lines.next();
    }

    /** Whether an item begins at the present line. */
    boolean isAt() {
        return isMore && lines.behindDash() > 0;
    }

    /** Whether anything stands at the present line: it is not the end of the text. */
    boolean isMore() {
        return isMore;
    }

    /** The number of the item's first line. */
    int line() {
        return line;
    }

    /** The column of the item's first member, counted from 1. */
    int column() {
        return column + 1;
    }

    StoredTuple tuple() {
        return new StoredTuple(new TupleKey(user, relation, object), Optional.ofNullable(condition));
    }

    /** Reads the item that begins at the present line, and goes to the line behind it; whether it was a plain one. */
    boolean read() throws IOException {
        line = lines.number();
        column = lines.behindDash();
        user = null;
        relation = null;
        object = null;
        condition = null;
        do {
            boolean isPlain = lines.begins(CONDITION, column) ? isCondition() : isMember();
            if (!isPlain) {
                return false;
            }
        } while (isMore && lines.indent() == column);
        return user != null && relation != null && object != null;
    }

    private boolean isMember() {
        if (lines.begins("user:", column) && user == null) {
            user = lines.value(column + 5);
            isMore = user != null && lines.next();
            return user != null;
        }
        if (lines.begins("relation:", column) && relation == null) {
            relation = lines.value(column + 9);
            isMore = relation != null && lines.next();
            return relation != null;
        }
        if (lines.begins("object:", column) && object == null) {
            object = lines.value(column + 7);
            isMore = object != null && lines.next();
            return object != null;
        }
        return false;
    }

    private boolean isCondition() throws IOException {
        if (condition != null) {
            return false;
        }
        int start = lines.start() + column;
        do {
            isMore = lines.next();
        } while (isMore && lines.indent() > column);
        condition = conditions.read(start, lines.start(), column);
        return true;
    }
}
