package io.mcpaccess.openfga.embedded.evaluation;

import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.openfga.embedded.problem.OpenFgaCode;
import io.mcpaccess.openfga.embedded.problem.OpenFgaException;
import io.mcpaccess.openfga.embedded.tuples.UserText;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What OpenFGA refuses before it looks at any tuple (OpenFGA, package validation). Thread-safe; one for each model.
 */
public final class RequestRules {

    /** The most contextual tuples a request may have (OpenFGA API). */
    public static final int MAX_CONTEXTUAL_TUPLES = 100;

    private final ModelPlan plan;
    private final TupleRules tuples;

    /**
     * The rules of a model.
     *
     * @param plan the model
     */
    public RequestRules(ModelPlan plan) {
        this.plan = plan;
        this.tuples = new TupleRules(plan);
    }

    /**
     * Checks the tuple that a check asks about.
     *
     * @param key user, relation and object
     * @throws OpenFgaException 2000 when it cannot be in the model
     */
    public void checkQuestion(TupleKey key) {
        refuse(OpenFgaCode.VALIDATION_ERROR, tuples.ofQuestion(key).map(problem -> problem.in("invalid relation: ")));
    }

    /**
     * Checks the user of a search.
     *
     * @param user the user
     * @throws OpenFgaException 2000 when it cannot be in the model
     */
    public void checkUser(String user) {
        refuse(OpenFgaCode.VALIDATION_ERROR, tuples.ofUser(user).map(problem -> problem.in("invalid 'user' value: ")));
    }

    /**
     * Checks object and relation of an expand.
     *
     * @param object the object
     * @param relation the relation
     * @throws OpenFgaException 2000 when they cannot be in the model
     */
    public void checkObject(String object, String relation) {
        refuse(OpenFgaCode.VALIDATION_ERROR, tuples.ofObject(object).or(() -> tuples.ofRelation(object, relation)));
    }

    /**
     * Looks a relation up that a search names.
     *
     * @param type the type
     * @param relation the relation
     * @return the relation
     * @throws OpenFgaException 2021 or 2022 when the model does not have it
     */
    public RelationPlan relation(String type, String relation) {
        if (!plan.hasType(type)) {
            refuse(OpenFgaCode.TYPE_NOT_FOUND, Problem.unknownType(type));
        }
        RelationPlan found = plan.relation(type, relation);
        if (found == null) {
            refuse(OpenFgaCode.RELATION_NOT_FOUND, Problem.unknownRelation(type, relation));
        }
        return found;
    }

    /**
     * Checks the filter of a search for users.
     *
     * @param filter type and perhaps relation
     * @throws OpenFgaException 2021 or 2022 when the model does not have it
     */
    public void checkFilter(UserText filter) {
        if (filter.isUserset()) {
            relation(filter.type(), filter.relation());
        } else if (!plan.hasType(filter.type())) {
            refuse(OpenFgaCode.TYPE_NOT_FOUND, Problem.unknownType(filter.type()));
        }
    }

    /**
     * Checks a request's context.
     *
     * @param context the context
     * @throws OpenFgaException 2000 when a key or text holds control characters
     */
    public void checkContext(Map<String, Object> context) {
        if (TupleRules.hasControls(context)) {
            refuse(OpenFgaCode.VALIDATION_ERROR, Problem.wrong("invalid context: it contains forbidden characters"));
        }
    }

    /**
     * Checks contextual tuples.
     *
     * @param contextual the tuples
     * @param conditionCode the code for a wrong condition: 2027 in a check, 2000 in a search
     * @throws OpenFgaException 2027, the given code, or 2000 when there are too many
     */
    public void checkContextual(List<StoredTuple> contextual, OpenFgaCode conditionCode) {
        if (contextual.size() > MAX_CONTEXTUAL_TUPLES) {
            refuse(
                    OpenFgaCode.VALIDATION_ERROR,
                    Problem.wrong("contextual_tuples: no more than " + MAX_CONTEXTUAL_TUPLES + " tuples, not "
                            + contextual.size()));
        }
        for (StoredTuple tuple : contextual) {
            TupleKey key = tuple.key();
            refuse(OpenFgaCode.INVALID_TUPLE, tuples.ofTuple(key).map(problem -> inTuple(key, problem)));
            refuse(conditionCode, tuples.ofCondition(tuple).map(problem -> inTuple(key, problem)));
        }
    }

    /**
     * Checks a tuple that is to be written.
     *
     * @param tuple the tuple
     * @throws OpenFgaException 2000 when the model does not allow it
     */
    public void checkWrite(StoredTuple tuple) {
        TupleKey key = tuple.key();
        Optional<Problem> implicit = key.user().equals(key.object() + "#" + key.relation())
                ? Problem.wrong("cannot write a tuple that is implicit")
                : Optional.empty();
        refuse(
                OpenFgaCode.VALIDATION_ERROR,
                tuples.ofTuple(key)
                        .or(() -> tuples.ofCondition(tuple))
                        .or(() -> implicit)
                        .map(problem -> inTuple(key, problem)));
    }

    /**
     * Checks the key of a tuple that is to be deleted; the model has no say, so that what an older model allowed can go.
     *
     * @param key user, relation and object
     * @throws OpenFgaException 2000 when it is malformed
     */
    public static void checkDelete(TupleKey key) {
        if (!Syntax.isUser(key.user())) {
            refuse(
                    OpenFgaCode.VALIDATION_ERROR,
                    Problem.wrong("the 'user' field is malformed").map(problem -> inTuple(key, problem)));
        }
        if (!Syntax.isTarget(key.object()) || !Syntax.isRelation(key.relation())) {
            refuse(
                    OpenFgaCode.VALIDATION_ERROR,
                    Problem.wrong("the 'object' or 'relation' field is malformed")
                            .map(problem -> inTuple(key, problem)));
        }
    }

    private static void refuse(OpenFgaCode code, Optional<Problem> problem) {
        problem.ifPresent(found -> {
            throw found.as(code);
        });
    }

    private static Problem inTuple(TupleKey key, Problem problem) {
        return problem.in("Invalid tuple '" + key.object() + "#" + key.relation() + "@" + key.user() + "'. Reason: ");
    }
}
