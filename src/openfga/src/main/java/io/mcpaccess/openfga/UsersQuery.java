package io.mcpaccess.openfga;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Which users of a type have a relation to an object?
 *
 * @param object the object, encoded, as {@code type:id}
 * @param relation the relation
 * @param userType the type of the users looked for
 * @param context values for conditions; may be empty
 * @param contextualTuples tuples that count for this query alone; may be empty
 */
public record UsersQuery(
        String object,
        String relation,
        String userType,
        Map<String, Object> context,
        List<StoredTuple> contextualTuples) {

    /** Nothing is null; the list is copied. */
    public UsersQuery {
        Objects.requireNonNull(object, "object");
        Objects.requireNonNull(relation, "relation");
        Objects.requireNonNull(userType, "userType");
        context = JsonValues.copyOf(context);
        contextualTuples = List.copyOf(contextualTuples);
    }
}
