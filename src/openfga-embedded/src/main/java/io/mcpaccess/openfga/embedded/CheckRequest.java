package io.mcpaccess.openfga.embedded;

import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a check asks.
 *
 * @param tuple has this user this relation to this object?
 * @param context values for conditions, as JSON values
 * @param contextualTuples tuples that count for this question alone, at most 100
 */
public record CheckRequest(TupleKey tuple, Map<String, Object> context, List<StoredTuple> contextualTuples) {

    public CheckRequest {
        Objects.requireNonNull(tuple, "tuple");
        context = Collections.unmodifiableMap(new LinkedHashMap<>(context));
        contextualTuples = List.copyOf(contextualTuples);
    }

    /**
     * A question with nothing but the tuple.
     *
     * @param user the user
     * @param relation the relation
     * @param object the object
     * @return the question
     */
    public static CheckRequest of(String user, String relation, String object) {
        return new CheckRequest(new TupleKey(user, relation, object), Map.of(), List.of());
    }

    /** Without the context, which may hold anything. */
    @Override
    public String toString() {
        return "CheckRequest[" + tuple.object() + "#" + tuple.relation() + "@" + tuple.user() + ", context "
                + context.keySet() + ", " + contextualTuples.size() + " contextual tuples]";
    }
}
