package io.mcpaccess.openfga;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One question to a store: has this user this relation to this object?
 *
 * @param tuple the relationship that is looked for; its user is always a single object, never a userset
 * @param context values for the model's conditions by name, JSON values, never {@code null}, unmodifiable
 * @param contextualTuples tuples that count for this question alone, at most 100 (OpenFGA's limit); mostly empty
 */
public record PermissionQuestion(TupleKey tuple, Map<String, Object> context, List<StoredTuple> contextualTuples) {

    /** Takes copies of map and list. */
    public PermissionQuestion {
        Objects.requireNonNull(tuple, "tuple");
        context = context == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(context));
        contextualTuples = List.copyOf(contextualTuples);
    }

    /**
     * A question without contextual tuples.
     *
     * @param tuple the relationship that is looked for
     * @param context values for the model's conditions; null for none
     * @return the question
     */
    public static PermissionQuestion of(TupleKey tuple, Map<String, Object> context) {
        return new PermissionQuestion(tuple, context, List.of());
    }

    /** Leaves the context out: it may hold tool arguments. */
    @Override
    public String toString() {
        return tuple.toString();
    }
}
