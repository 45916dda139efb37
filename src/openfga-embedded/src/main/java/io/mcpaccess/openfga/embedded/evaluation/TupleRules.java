package io.mcpaccess.openfga.embedded.evaluation;

import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.openfga.embedded.condition.CompiledCondition;
import io.mcpaccess.openfga.embedded.condition.ParameterTypeException;
import io.mcpaccess.openfga.embedded.tuples.Symbols;
import io.mcpaccess.openfga.embedded.tuples.UserText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whether a tuple, or a part of one, can be in a model (OpenFGA, package validation). */
final class TupleRules {

    /** OpenFGA's API takes shorter names in a model, which no tuple can name then. */
    private static final Pattern CONDITION_NAME = Pattern.compile("\\S{2,256}");

    private final ModelPlan plan;

    TupleRules(ModelPlan plan) {
        this.plan = plan;
    }

    /** A tuple that is asked about: it must make sense, but no tuple need ever be able to say it. */
    Optional<Problem> ofQuestion(TupleKey key) {
        return ofUser(key.user()).or(() -> ofObject(key.object())).or(() -> ofRelation(key.object(), key.relation()));
    }

    /** A tuple that is written or counts for one request, its condition aside. */
    Optional<Problem> ofTuple(TupleKey key) {
        return ofQuestion(key).or(() -> ofRestriction(key));
    }

    Optional<Problem> ofUser(String user) {
        if (!Syntax.isUser(user)) {
            return Problem.wrong("the 'user' field is malformed");
        }
        if (!Syntax.isObject(user) && !Syntax.isUserset(user)) {
            return Problem.wrong("the 'user' field must be an object (e.g. document:1) or an 'object#relation' or a"
                    + " typed wildcard (e.g. group:*)");
        }
        UserText text = UserText.of(user);
        if (!plan.hasType(text.type())) {
            return Problem.unknownType(text.type());
        }
        if (text.isUserset() && plan.relation(text.type(), text.relation()) == null) {
            return Problem.unknownRelation(text.type(), text.relation());
        }
        return Optional.empty();
    }

    Optional<Problem> ofObject(String object) {
        if (!Syntax.isTarget(object)) {
            return Problem.wrong("invalid 'object' field format");
        }
        UserText text = UserText.of(object);
        if (text.isWildcard()) {
            return Problem.wrong("the 'object' field cannot reference a typed wildcard");
        }
        return plan.hasType(text.type()) ? Optional.empty() : Problem.unknownType(text.type());
    }

    Optional<Problem> ofRelation(String object, String relation) {
        if (!Syntax.isRelation(relation)) {
            return Problem.wrong("the 'relation' field is malformed");
        }
        String type = UserText.of(object).type();
        return plan.relation(type, relation) == null ? Problem.unknownRelation(type, relation) : Optional.empty();
    }

    private Optional<Problem> ofRestriction(TupleKey key) {
        RelationPlan relation = relationOf(key);
        UserText user = UserText.of(key.user());
        int kind = kindOf(user);
        if (relation.isTupleset() && kind != Symbols.NONE) {
            return Problem.wrong("unexpected user '" + user + "' with tupleset relation '" + relation + "'");
        }
        if (relation.accepts(plan.symbols().find(user.type()), kind)) {
            return Optional.empty();
        }
        String what = user.isUserset()
                ? "'" + user.type() + "#" + user.relation() + "'"
                : user.isWildcard() ? "the typed wildcard '" + user + "'" : "type '" + user.type() + "'";
        return Problem.wrong(what + " is not an allowed type restriction for '" + relation + "'");
    }

    Optional<Problem> ofCondition(StoredTuple tuple) {
        RelationPlan relation = relationOf(tuple.key());
        UserText user = UserText.of(tuple.key().user());
        int type = plan.symbols().find(user.type());
        if (tuple.condition().isEmpty()) {
            return relation.acceptsCondition(type, kindOf(user), null)
                    ? Optional.empty()
                    : Problem.wrong("condition is missing");
        }
        StoredTuple.Condition condition = tuple.condition().get();
        if (!CONDITION_NAME.matcher(condition.name()).matches()) {
            return Problem.wrong("the condition of a tuple has a name of 2 to 256 characters without spaces, not '"
                    + condition.name() + "'");
        }
        CompiledCondition compiled = plan.condition(condition.name());
        if (compiled == null) {
            return Problem.wrong(
                    "undefined condition '" + condition.name() + "'; the model has " + plan.conditionNames());
        }
        if (!relation.acceptsCondition(type, kindOf(user), condition.name())) {
            return Problem.wrong("invalid condition for type restriction");
        }
        if (hasControls(condition.context())) {
            return Problem.wrong("the condition's context contains forbidden characters");
        }
        try {
            compiled.validateStored(condition.context());
            return Optional.empty();
        } catch (ParameterTypeException e) {
            return Problem.wrong(e.getMessage());
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

    static boolean hasControls(Object value) {
        if (value instanceof String text) {
            return Syntax.hasControls(text);
        }
        if (value instanceof List<?> list) {
            return list.stream().anyMatch(TupleRules::hasControls);
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .anyMatch(entry -> hasControls(entry.getKey()) || hasControls(entry.getValue()));
        }
        return false;
    }
}
