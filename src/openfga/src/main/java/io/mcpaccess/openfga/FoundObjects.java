package io.mcpaccess.openfga;

import java.util.List;

/**
 * The objects that a query found.
 *
 * @param objects each as {@code type:id}, encoded, without repeats, in no order that means anything
 * @param truncated whether the search ended at a limit or a deadline, so that there may be more
 */
public record FoundObjects(List<String> objects, boolean truncated) {

    /** Takes a copy of the list. */
    public FoundObjects {
        objects = List.copyOf(objects);
    }
}
