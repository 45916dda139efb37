package io.mcpaccess.engine.embedded.evaluation;

import io.mcpaccess.core.openfga.TupleKey;
import io.mcpaccess.engine.backend.StoredTuple;
import io.mcpaccess.engine.embedded.OpenFgaCode;
import io.mcpaccess.engine.embedded.OpenFgaException;
import io.mcpaccess.engine.embedded.condition.CompiledCondition;
import io.mcpaccess.engine.embedded.condition.ParameterTypeException;
import io.mcpaccess.engine.embedded.tuples.Symbols;
import io.mcpaccess.engine.embedded.tuples.UserText;
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

    /**
     * The rules of a model.
     *
     * @param plan the model
     */
    public RequestRules(ModelPlan plan) {
        this.plan = plan;
    }

    /**
     * Checks the tuple that a check asks about.
     *
     * @param key user, relation and object
     * @throws OpenFgaException 2000 when it cannot be in the model
     */
    public void checkQuestion(TupleKey key) {
        userProblem(key.user())
                .or(() -> objectProblem(key.object()))
                .or(() -> relationProblem(key.object(), key.relation()))
                .ifPresent(problem -> refuse(OpenFgaCode.VALIDATION_ERROR, "invalid relation: " + problem));
    }

    /**
     * Checks the user of a search.
     *
     * @param user the user
     * @throws OpenFgaException 2000 when it cannot be in the model
     */
    public void checkUser(String user) {
        userProblem(user)
                .ifPresent(problem -> refuse(OpenFgaCode.VALIDATION_ERROR, "invalid 'user' value: " + problem));
    }

    /**
     * Checks object and relation of an expand.
     *
     * @param object the object
     * @param relation the relation
     * @throws OpenFgaException 2000 when they cannot be in the model
     */
    public void checkObject(String object, String relation) {
        objectProblem(object)
                .or(() -> relationProblem(object, relation))
                .ifPresent(problem -> refuse(OpenFgaCode.VALIDATION_ERROR, problem));
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
            refuse(OpenFgaCode.TYPE_NOT_FOUND, "type '" + type + "' not found");
        }
        RelationPlan found = plan.relation(type, relation);
        if (found == null) {
            refuse(OpenFgaCode.RELATION_NOT_FOUND, "relation '" + type + "#" + relation + "' not found");
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
            refuse(OpenFgaCode.TYPE_NOT_FOUND, "type '" + filter.type() + "' not found");
        }
    }

    /**
     * Checks a request's context.
     *
     * @param context the context
     * @throws OpenFgaException 2000 when a key or text holds control characters
     */
    public void checkContext(Map<String, Object> context) {
        if (hasControls(context)) {
            refuse(OpenFgaCode.VALIDATION_ERROR, "invalid context: it contains forbidden characters");
        }
    }

    /**
     * Checks contextual tuples.
     *
     * @param tuples the tuples
     * @param conditionCode the code for a wrong condition: 2027 in a check, 2000 in a search
     * @throws OpenFgaException 2027, the given code, or 2000 when there are too many
     */
    public void checkContextual(List<StoredTuple> tuples, OpenFgaCode conditionCode) {
        if (tuples.size() > MAX_CONTEXTUAL_TUPLES) {
            refuse(
                    OpenFgaCode.VALIDATION_ERROR,
                    "contextual_tuples: no more than " + MAX_CONTEXTUAL_TUPLES + " tuples, not " + tuples.size());
        }
        for (StoredTuple tuple : tuples) {
            tupleProblem(tuple.key())
                    .ifPresent(problem -> refuse(OpenFgaCode.INVALID_TUPLE, invalid(tuple.key(), problem)));
            conditionProblem(tuple).ifPresent(problem -> refuse(conditionCode, invalid(tuple.key(), problem)));
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
        tupleProblem(key)
                .or(() -> conditionProblem(tuple))
                .or(() -> implicitProblem(key))
                .ifPresent(problem -> refuse(OpenFgaCode.VALIDATION_ERROR, invalid(key, problem)));
    }

    /**
     * Checks the key of a tuple that is to be deleted; the model has no say, so that what an older model allowed can go.
     *
     * @param key user, relation and object
     * @throws OpenFgaException 2000 when it is malformed
     */
    public static void checkDelete(TupleKey key) {
        if (!Syntax.isUser(key.user())) {
            refuse(OpenFgaCode.VALIDATION_ERROR, invalid(key, "the 'user' field is malformed"));
        }
        if (!Syntax.isTarget(key.object()) || !Syntax.isRelation(key.relation())) {
            refuse(OpenFgaCode.VALIDATION_ERROR, invalid(key, "the 'object' or 'relation' field is malformed"));
        }
    }

    private static String invalid(TupleKey key, String problem) {
        return "Invalid tuple '" + key.object() + "#" + key.relation() + "@" + key.user() + "'. Reason: " + problem;
    }

    private static void refuse(OpenFgaCode code, String message) {
        throw new OpenFgaException(code, message);
    }

    private static Optional<String> implicitProblem(TupleKey key) {
        return key.user().equals(key.object() + "#" + key.relation())
                ? Optional.of("cannot write a tuple that is implicit")
                : Optional.empty();
    }

    private Optional<String> userProblem(String user) {
        if (!Syntax.isUser(user)) {
            return Optional.of("the 'user' field is malformed");
        }
        if (!Syntax.isObject(user) && !Syntax.isUserset(user)) {
            return Optional.of("the 'user' field must be an object (e.g. document:1) or an 'object#relation' or a typed"
                    + " wildcard (e.g. group:*)");
        }
        UserText text = UserText.of(user);
        if (!plan.hasType(text.type())) {
            return Optional.of("type '" + text.type() + "' not found");
        }
        if (text.isUserset() && plan.relation(text.type(), text.relation()) == null) {
            return Optional.of("relation '" + text.type() + "#" + text.relation() + "' not found");
        }
        return Optional.empty();
    }

    private Optional<String> objectProblem(String object) {
        if (!Syntax.isTarget(object)) {
            return Optional.of("invalid 'object' field format");
        }
        UserText text = UserText.of(object);
        if (text.isWildcard()) {
            return Optional.of("the 'object' field cannot reference a typed wildcard");
        }
        return plan.hasType(text.type()) ? Optional.empty() : Optional.of("type '" + text.type() + "' not found");
    }

    private Optional<String> relationProblem(String object, String relation) {
        if (!Syntax.isRelation(relation)) {
            return Optional.of("the 'relation' field is malformed");
        }
        String type = UserText.of(object).type();
        return plan.relation(type, relation) == null
                ? Optional.of("relation '" + type + "#" + relation + "' not found")
                : Optional.empty();
    }

    private Optional<String> tupleProblem(TupleKey key) {
        return userProblem(key.user())
                .or(() -> objectProblem(key.object()))
                .or(() -> relationProblem(key.object(), key.relation()))
                .or(() -> restrictionProblem(key));
    }

    private Optional<String> restrictionProblem(TupleKey key) {
        RelationPlan relation = relationOf(key);
        UserText user = UserText.of(key.user());
        int kind = kindOf(user);
        if (relation.isTupleset() && kind != Symbols.NONE) {
            return Optional.of("unexpected user '" + user + "' with tupleset relation '" + relation + "'");
        }
        if (relation.accepts(plan.symbols().find(user.type()), kind)) {
            return Optional.empty();
        }
        if (user.isUserset()) {
            return Optional.of("'" + user.type() + "#" + user.relation() + "' is not an allowed type restriction for '"
                    + relation + "'");
        }
        return Optional.of((user.isWildcard() ? "the typed wildcard '" + user : "type '" + user.type())
                + "' is not an allowed type restriction for '" + relation + "'");
    }

    private Optional<String> conditionProblem(StoredTuple tuple) {
        RelationPlan relation = relationOf(tuple.key());
        UserText user = UserText.of(tuple.key().user());
        int type = plan.symbols().find(user.type());
        if (tuple.condition().isEmpty()) {
            return relation.acceptsCondition(type, kindOf(user), null)
                    ? Optional.empty()
                    : Optional.of("condition is missing");
        }
        StoredTuple.Condition condition = tuple.condition().get();
        CompiledCondition compiled = plan.condition(condition.name());
        if (compiled == null) {
            return Optional.of("undefined condition");
        }
        if (!relation.acceptsCondition(type, kindOf(user), condition.name())) {
            return Optional.of("invalid condition for type restriction");
        }
        if (hasControls(condition.context())) {
            return Optional.of("the condition's context contains forbidden characters");
        }
        try {
            compiled.validateStored(condition.context());
            return Optional.empty();
        } catch (ParameterTypeException e) {
            return Optional.of(e.getMessage());
        }
    }

    private RelationPlan relationOf(TupleKey key) {
        return plan.relation(UserText.of(key.object()).type(), key.relation());
    }

    private int kindOf(UserText user) {
        if (user.isWildcard()) {
            return RelationPlan.WILDCARD;
        }
        return user.isUserset() ? plan.symbols().find(user.relation()) : Symbols.NONE;
    }

    private static boolean hasControls(Object value) {
        if (value instanceof String text) {
            return Syntax.hasControls(text);
        }
        if (value instanceof List<?> list) {
            return list.stream().anyMatch(RequestRules::hasControls);
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .anyMatch(entry -> hasControls(entry.getKey()) || hasControls(entry.getValue()));
        }
        return false;
    }
}
