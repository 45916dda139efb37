package io.mcpaccess.registry.page;

import java.util.List;

/**
 * Which part of a long list is shown.
 *
 * @param parameter the name in the query
 * @param number which page, from 1; never beyond the last
 * @param size how many items a page has
 * @param total how many items there are
 */
record PageSlice(String parameter, int number, int size, int total) {

    PageSlice {
        number = Math.max(1, Math.min(number, count(size, total)));
    }

    int count() {
        return count(size, total);
    }

    /** The items of this page. */
    <T> List<T> of(List<T> all) {
        return all.subList((number - 1) * size, Math.min(all.size(), number * size));
    }

    private static int count(int size, int total) {
        return Math.max(1, (total + size - 1) / size);
    }
}
