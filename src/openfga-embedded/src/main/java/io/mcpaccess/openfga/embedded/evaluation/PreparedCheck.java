package io.mcpaccess.openfga.embedded.evaluation;

import java.util.Objects;

/**
 * A check that was found acceptable, with its names resolved.
 *
 * @param question plan, tuples, context and deadline
 * @param user the user's object
 * @param userRelation the userset's relation, or {@link io.mcpaccess.openfga.embedded.tuples.Symbols#NONE}
 * @param object the object
 * @param relation the relation, of the object's type
 */
public record PreparedCheck(Question question, int user, int userRelation, int object, RelationPlan relation) {

    public PreparedCheck {
        Objects.requireNonNull(question, "question");
        Objects.requireNonNull(relation, "relation");
    }

    /**
     * An evaluation for the user of this check.
     *
     * @return for one thread
     */
    public CheckEvaluation evaluation() {
        return new CheckEvaluation(question, user, userRelation);
    }
}
