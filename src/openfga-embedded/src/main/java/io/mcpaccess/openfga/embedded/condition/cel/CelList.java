package io.mcpaccess.openfga.embedded.condition.cel;

import java.util.ArrayList;
import java.util.List;

/**
 * A list.
 *
 * <p>Its identity counts, where it is the key of a map: no two lists are the same key.
 */
final class CelList {

    private final List<Object> items;
    private final boolean joined;

    CelList(List<Object> items) {
        this(items, false);
    }

    private CelList(List<Object> items, boolean joined) {
        this.items = items;
        this.joined = joined;
    }

    CelList plus(CelList more) {
        if (items.isEmpty()) {
            return more;
        }
        if (more.items.isEmpty()) {
            return this;
        }
        List<Object> sum = new ArrayList<>(items.size() + more.items.size());
        sum.addAll(items);
        sum.addAll(more.items);
        return new CelList(sum, true);
    }

    List<Object> items() {
        return items;
    }

    /** Whether it was made of two by {@code +}. */
    boolean isJoined() {
        return joined;
    }
}
