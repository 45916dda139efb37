package io.mcpaccess.openfga;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Which objects of a type does a user have a relation to?
 *
 * @param user the user, encoded, as {@code type:id}
 * @param relation the relation
 * @param objectType the type of the objects looked for
 * @param context values for conditions; may be empty
 * @param contextualTuples tuples that count for this query alone; may be empty
 */
public record ObjectsQuery(
        String user,
        String relation,
        String objectType,
        Map<String, Object> context,
        List<StoredTuple> contextualTuples) {

    /** Nothing is null; the list is copied. */
    public ObjectsQuery {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(relation, "relation");
        Objects.requireNonNull(objectType, "objectType");
        context = JsonValues.copyOf(context);
        contextualTuples = List.copyOf(contextualTuples);
    }
}
