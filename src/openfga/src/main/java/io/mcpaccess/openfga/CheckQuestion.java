package io.mcpaccess.openfga;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What OpenFGA is asked about one access question.
 *
 * @param tuple the relationship that is looked for; its user is always a single object, never a userset
 * @param context values for conditions, JSON values, never {@code null}, unmodifiable
 */
public record CheckQuestion(TupleKey tuple, Map<String, Object> context) {

    public CheckQuestion {
        Objects.requireNonNull(tuple, "tuple");
        context = context == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(context));
    }

    /** Leaves the context out: it may hold tool arguments. */
    @Override
    public String toString() {
        return tuple.toString();
    }
}
