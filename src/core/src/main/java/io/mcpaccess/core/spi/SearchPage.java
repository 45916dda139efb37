package io.mcpaccess.core.spi;

import java.util.List;
import java.util.Map;

/**
 * What an engine found in a search (AuthZEN 1.0, section 8).
 *
 * @param results the entities found, each as AuthZEN has it: {@code {type, id}} or {@code {name}}; no order promised
 * @param truncated whether there may be more that the engine did not give
 * @param context remarks for the caller, such as wildcards; JSON values
 */
public record SearchPage(List<Map<String, Object>> results, boolean truncated, Map<String, Object> context) {

    public SearchPage {
        results = List.copyOf(results);
        context = Map.copyOf(context);
    }
}
