package io.mcpaccess.openfga;

import java.util.Optional;

/**
 * Which page of a list.
 *
 * @param size how many items at most, 1 to 100 (OpenFGA's limit for reads; 50 for models)
 * @param continuationToken where the page before ended; empty for the first
 */
public record PageQuery(int size, Optional<String> continuationToken) {

    /**
     * Checks the size.
     *
     * @throws IllegalArgumentException when the size is not in 1 to 100
     */
    public PageQuery {
        if (size < 1 || size > 100) {
            throw new IllegalArgumentException("A page has 1 to 100 items, not " + size);
        }
        continuationToken = continuationToken.filter(token -> !token.isEmpty());
    }

    /**
     * The first page.
     *
     * @param size how many items at most
     * @return the request
     */
    public static PageQuery first(int size) {
        return new PageQuery(size, Optional.empty());
    }
}
