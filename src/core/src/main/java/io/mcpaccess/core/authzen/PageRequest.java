package io.mcpaccess.core.authzen;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which part of a search's results is wanted (AuthZEN 1.0, section 8.2).
 *
 * @param token where an earlier answer ended, or nothing for the beginning
 * @param limit the most results wanted; nothing or zero leaves the number to the PDP
 */
public record PageRequest(Optional<String> token, OptionalInt limit) {

    /** Everything from the beginning. */
    public static final PageRequest WHOLE = new PageRequest(Optional.empty(), OptionalInt.empty());
}
