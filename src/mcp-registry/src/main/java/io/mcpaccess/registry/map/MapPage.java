package io.mcpaccess.registry.map;

import java.util.List;

/**
 * A part of the map.
 *
 * @param rows the tools on it
 * @param total how many tools the query found in all
 * @param query the query
 * @param <T> what stands in a row
 */
public record MapPage<T>(List<T> rows, int total, MapQuery query) {

    /** Takes a copy of the rows. */
    public MapPage {
        rows = List.copyOf(rows);
    }

    /**
     * How many pages there are.
     *
     * @return at least 1
     */
    public int pages() {
        return query.size() == 0 ? 1 : Math.max(1, (total + query.size() - 1) / query.size());
    }
}
