package io.mcpaccess.engine.registry.map;

import io.mcpaccess.engine.registry.plan.InvalidDeclarationException;
import java.util.Locale;
import java.util.Optional;

/**
 * Which part of the map is asked for, from the request's query.
 *
 * @param filter what a server's name, a tool's key or one of its scopes must contain; lower case, empty for all
 * @param sort how tools are sorted
 * @param page which page, from 1
 * @param size how many tools a page has; zero for all on one
 */
public record MapQuery(String filter, Sort sort, int page, int size) {

    /** The most tools on a page. */
    public static final int MAX_SIZE = 1000;

    /** How tools are sorted. */
    public enum Sort {
        /** By server, then tool. */
        SERVER,
        /** By tool, then server. */
        TOOL,
        /** By their scopes. */
        SCOPES;

        /**
         * The name in the query.
         *
         * @return the lower-case name
         */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Reads a query. Members come as texts because AM answers a number that is none with an empty 404.
     *
     * @param filter {@code q}; may be null
     * @param sort {@code sort}; may be null
     * @param page {@code page}; may be null
     * @param size {@code size}; may be null
     * @param defaultSize the size where none is given
     * @return the query
     * @throws InvalidDeclarationException if a member is wrong
     */
    public static MapQuery of(String filter, String sort, String page, String size, int defaultSize) {
        return new MapQuery(
                filter == null ? "" : filter.strip().toLowerCase(Locale.ROOT),
                sort(sort),
                number("page", page, 1, 100_000, 1),
                number("size", size, 1, MAX_SIZE, defaultSize));
    }

    private static Sort sort(String name) {
        for (Sort sort : Sort.values()) {
            if (sort.wireName().equals(name)) {
                return sort;
            }
        }
        if (name == null || name.isEmpty()) {
            return Sort.SERVER;
        }
        throw new InvalidDeclarationException("sort must be server, tool or scopes.");
    }

    private static int number(String name, String text, int least, int most, int fallback) {
        if (text == null || text.isEmpty()) {
            return fallback;
        }
        Optional<Integer> number = text.matches("[0-9]{1,6}") ? Optional.of(Integer.parseInt(text)) : Optional.empty();
        return number.filter(value -> value >= least && value <= most)
                .orElseThrow(() -> new InvalidDeclarationException(
                        name + " must be a number from " + least + " to " + most + "."));
    }

    /**
     * Where the page begins.
     *
     * @return the index of its first tool
     */
    public int offset() {
        return size == 0 ? 0 : (page - 1) * size;
    }
}
