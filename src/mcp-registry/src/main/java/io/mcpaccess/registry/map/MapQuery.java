package io.mcpaccess.registry.map;

import io.mcpaccess.registry.plan.InvalidDeclarationException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Which part of the map is asked for, from the request's query.
 *
 * @param filter what a server's name, a tool's key or one of its scopes must contain; lower case, empty for all
 * @param tool the one tool that is asked for, by its key
 * @param sort how tools are sorted
 * @param descending whether the last comes first
 * @param page which page, from 1
 * @param size how many tools a page has; zero for all on one
 * @param full whether a page for a browser shows long lists to their end
 */
public record MapQuery(
        String filter, Optional<String> tool, Sort sort, boolean descending, int page, int size, boolean full) {

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
     * @param parameter gives {@code q}, {@code tool}, {@code sort}, {@code order}, {@code page}, {@code size} and
     *     {@code full}; null for one that is not there
     * @param defaultSize the size where none is given
     * @return the query
     * @throws InvalidDeclarationException if a member is wrong
     */
    public static MapQuery of(UnaryOperator<String> parameter, int defaultSize) {
        return new MapQuery(
                text(parameter, "q").map(MapQuery::folded).orElse(""),
                text(parameter, "tool"),
                text(parameter, "sort").map(MapQuery::sort).orElse(Sort.SERVER),
                isOneOf("order", text(parameter, "order").orElse("asc"), "desc", "asc"),
                number("page", parameter.apply("page"), 1, 100_000, 1),
                number("size", parameter.apply("size"), 1, MAX_SIZE, defaultSize),
                isOneOf("full", text(parameter, "full").orElse("false"), "true", "false"));
    }

    private static Optional<String> text(UnaryOperator<String> parameter, String name) {
        return Optional.ofNullable(parameter.apply(name)).filter(value -> !value.isEmpty());
    }

    private static String folded(String filter) {
        return filter.strip().toLowerCase(Locale.ROOT);
    }

    private static Sort sort(String name) {
        return Arrays.stream(Sort.values())
                .filter(sort -> sort.wireName().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidDeclarationException("sort must be server, tool or scopes."));
    }

    private static boolean isOneOf(String name, String value, String yes, String no) {
        if (!value.equals(yes) && !value.equals(no)) {
            throw new InvalidDeclarationException(name + " must be " + yes + " or " + no + ".");
        }
        return value.equals(yes);
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
