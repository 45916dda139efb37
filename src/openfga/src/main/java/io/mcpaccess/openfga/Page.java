package io.mcpaccess.openfga;

import java.util.List;
import java.util.Optional;

/**
 * A page of a longer list.
 *
 * @param <T> what is listed
 * @param items the page
 * @param next the continuation token of the next page; empty on the last one
 */
public record Page<T>(List<T> items, Optional<String> next) {

    /** Takes a copy of the list; an empty token means the last page. */
    public Page {
        items = List.copyOf(items);
        next = next.filter(token -> !token.isEmpty());
    }
}
