package io.mcpaccess.openfga.embedded.evaluation;

import java.util.List;

/**
 * What a search found.
 *
 * @param items objects or users in OpenFGA's text form, without repeats
 * @param truncated whether the search ended at its limit or its deadline, so that there may be more
 */
public record Found(List<String> items, boolean truncated) {

    public Found {
        items = List.copyOf(items);
    }
}
