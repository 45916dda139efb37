package io.mcpaccess.openfga.embedded.condition.cel;

import java.util.Arrays;

/**
 * What an evaluation has cost so far, counted as cel-go counts: it keeps the values of the parts that were evaluated on a
 * stack, by the number of the part, and a call costs what the values of its arguments say, where these are still there.
 *
 * <p>Belongs to one thread.
 */
final class Cost {

    private static final int FEW = 32;

    private final long limit;
    private long total;
    private long[] parts = new long[FEW];
    private Object[] values = new Object[FEW];
    private int size;

    Cost(long limit) {
        this.limit = limit;
    }

    void add(long more) {
        total += more;
    }

    /** Ends the observation of a part. */
    Object push(long part, Object value) {
        if (size == parts.length) {
            parts = Arrays.copyOf(parts, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
        }
        parts[size] = part;
        values[size++] = value;
        if (total > limit) {
            throw new EvaluationAbandonedException("the condition costs more than " + limit);
        }
        return value;
    }

    /** Forgets the part's last value and all that came after it. */
    void drop(long part) {
        int at = find(part);
        if (at >= 0) {
            size = at;
        }
    }

    void addCall(String overload, Part[] arguments) {
        Object[] found = new Object[arguments.length];
        for (int i = arguments.length - 1; i >= 0; i--) {
            int at = find(arguments[i].id());
            if (at < 0) {
                return;
            }
            found[i] = values[at];
            size = at;
        }
        total += CallCost.of(overload, found);
    }

    /** As cel-go does for lists and maps: their parts are forgotten, as far as they are found. */
    void dropAll(Part[] initial) {
        for (int i = initial.length - 1; i >= 0; i--) {
            int at = find(initial[i].id());
            if (at < 0) {
                return;
            }
            size = at;
        }
    }

    private int find(long part) {
        int at = size - 1;
        while (at >= 0 && parts[at] != part) {
            at--;
        }
        return at;
    }
}
