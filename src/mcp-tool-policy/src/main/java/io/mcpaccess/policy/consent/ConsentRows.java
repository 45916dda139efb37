package io.mcpaccess.policy.consent;

import java.util.Date;
import java.util.Map;

/**
 * Rows to write into AM's scope-approval store, keys with their expiry. The rows of tools come first. A scope's marker says
 * that all of them stand there, so a reader that finds no marker, because the writing is under way or was cut short, works
 * out by itself what the others would have said.
 *
 * @param tools a row for each tool behind an approved scope
 * @param markers a row for each of those scopes, written last
 */
public record ConsentRows(Map<String, Date> tools, Map<String, Date> markers) {

    /** Copies what it is given. */
    public ConsentRows {
        tools = Map.copyOf(tools);
        markers = Map.copyOf(markers);
    }

    boolean isEmpty() {
        return tools.isEmpty() && markers.isEmpty();
    }
}
