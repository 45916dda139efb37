package io.mcpaccess.core.search;

import java.util.List;
import java.util.Map;

/**
 * The answer to a search.
 *
 * @param nextToken where to go on, empty at the end
 * @param context remarks, such as {@code truncated}; JSON values
 * @param questions how many candidates were decided for it
 * @param results the entities of this page, sorted, each as AuthZEN has it
 */
public record SearchAnswer(
        String nextToken, Map<String, Object> context, int questions, List<Map<String, Object>> results) {

    public SearchAnswer {
        context = Map.copyOf(context);
        results = List.copyOf(results);
    }
}
