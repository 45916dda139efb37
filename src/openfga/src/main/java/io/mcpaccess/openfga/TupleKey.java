package io.mcpaccess.openfga;

import java.util.Objects;

/**
 * A relationship of OpenFGA, without a condition.
 *
 * @param user {@code type:id}, {@code type:id#relation} or {@code type:*}
 * @param relation the relation's name
 * @param object {@code type:id}
 */
public record TupleKey(String user, String relation, String object) {

    public TupleKey {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(relation, "relation");
        Objects.requireNonNull(object, "object");
    }
}
