package io.mcpaccess.openfga;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A tuple as a store holds it.
 *
 * @param key user, relation and object
 * @param condition under which it counts
 */
public record StoredTuple(TupleKey key, Optional<Condition> condition) {

    /** Neither part is null. */
    public StoredTuple {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(condition, "condition");
    }

    /**
     * A tuple that always counts.
     *
     * @param key user, relation and object
     * @return the tuple
     */
    public static StoredTuple of(TupleKey key) {
        return new StoredTuple(key, Optional.empty());
    }

    /**
     * The condition of a tuple.
     *
     * @param name its name in the model
     * @param context the values kept with the tuple; they win over those of a question
     */
    public record Condition(String name, Map<String, Object> context) {

        /** Neither part is null. */
        public Condition {
            Objects.requireNonNull(name, "name");
            context = JsonValues.copyOf(context);
        }
    }
}
