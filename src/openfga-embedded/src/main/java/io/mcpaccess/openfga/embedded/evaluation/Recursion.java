package io.mcpaccess.openfga.embedded.evaluation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The objects of a recursion that a walk has come to, so that each is walked once, or again on a shorter way: the limit
 * of depth is about the shortest. For one thread.
 */
final class Recursion {

    private static final int SEARCHED_ONE_BY_ONE = 16;

    private final RelationPlan relation;
    private int[] objects = new int[4];
    private int[] depths = new int[4];
    private int count;
    private Map<Integer, Integer> many;

    /**
     * A recursion at its beginning.
     *
     * @param relation the relation that comes back to itself
     * @param object the object that the walk begins with
     * @param depth how deep it begins
     */
    Recursion(RelationPlan relation, int object, int depth) {
        this.relation = relation;
        isKnown(object, depth);
    }

    RelationPlan relation() {
        return relation;
    }

    /** Whether the walk was here before and came on no longer way; notes the object otherwise. */
    boolean isKnown(int object, int depth) {
        if (many != null) {
            Integer before = many.get(object);
            if (before != null && before <= depth) {
                return true;
            }
            many.put(object, depth);
            return false;
        }
        for (int i = 0; i < count; i++) {
            if (objects[i] == object) {
                boolean isKnown = depths[i] <= depth;
                depths[i] = Math.min(depths[i], depth);
                return isKnown;
            }
        }
        add(object, depth);
        return false;
    }

    /** Whether any object was found no earlier than at this depth. */
    boolean reached(int depth) {
        if (many != null) {
            return many.containsValue(depth);
        }
        for (int i = 0; i < count; i++) {
            if (depths[i] == depth) {
                return true;
            }
        }
        return false;
    }

    private void add(int object, int depth) {
        if (count == SEARCHED_ONE_BY_ONE) {
            many = new HashMap<>();
            for (int i = 0; i < count; i++) {
                many.put(objects[i], depths[i]);
            }
            many.put(object, depth);
            return;
        }
        if (count == objects.length) {
            objects = Arrays.copyOf(objects, count * 2);
            depths = Arrays.copyOf(depths, count * 2);
        }
        objects[count] = object;
        depths[count++] = depth;
    }
}
