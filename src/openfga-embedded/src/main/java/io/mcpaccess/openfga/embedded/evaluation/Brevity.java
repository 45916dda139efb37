package io.mcpaccess.openfga.embedded.evaluation;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * Tells what is done in microseconds whatever it says: a condition that neither matches patterns nor walks over lists,
 * with few and short values. All else may take long, and is not evaluated on a thread that others wait for.
 */
final class Brevity {

    private static final int MOST = 2048;
    private static final int DEEPEST = 8;

    /** Also within a text: then one condition too many counts as long. */
    private static final Pattern LONG =
            Pattern.compile("\\b(?:matches|all|exists|exists_one|map|filter|replace|split|join)\\s*\\(");

    private Brevity() {}

    static boolean isBrief(String expression) {
        return expression.length() <= MOST && !LONG.matcher(expression).find();
    }

    /** Whether the values are few and short together. Looks at no more of them than that takes. */
    static boolean isSmall(Map<String, Object> values) {
        return size(values, 0, 0) <= MOST;
    }

    private static int size(Object value, int before, int depth) {
        if (depth > DEEPEST) {
            return MOST + 1;
        }
        int size = before + 8;
        if (value instanceof String text) {
            return size + text.length();
        }
        if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                size = size(
                        entry.getValue(), size + String.valueOf(entry.getKey()).length(), depth + 1);
                if (size > MOST) {
                    return size;
                }
            }
        } else if (value instanceof Iterable<?> list) {
            for (Object each : list) {
                size = size(each, size, depth + 1);
                if (size > MOST) {
                    return size;
                }
            }
        }
        return size;
    }
}
