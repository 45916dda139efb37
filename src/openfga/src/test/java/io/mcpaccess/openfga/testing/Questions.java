package io.mcpaccess.openfga.testing;

import io.mcpaccess.openfga.PermissionQuestion;
import io.mcpaccess.openfga.TupleKey;
import java.util.Map;

/** Questions, written short. */
public final class Questions {

    private Questions() {}

    /**
     * Has this user this relation to this object?
     *
     * @param user as {@code type:id}
     * @param relation the relation
     * @param object as {@code type:id}
     * @return the question, without context
     */
    public static PermissionQuestion ask(String user, String relation, String object) {
        return ask(new TupleKey(user, relation, object), Map.of());
    }

    /**
     * The same with context.
     *
     * @param tuple what is asked
     * @param context values for conditions
     * @return the question
     */
    public static PermissionQuestion ask(TupleKey tuple, Map<String, Object> context) {
        return PermissionQuestion.of(tuple, context);
    }
}
