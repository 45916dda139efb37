package io.mcpaccess.openfga.embedded;

import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.openfga.embedded.evaluation.ModelPlan;
import io.mcpaccess.openfga.embedded.model.AuthorizationModel;
import io.mcpaccess.openfga.embedded.model.RelationDefinition;
import io.mcpaccess.openfga.embedded.model.Rewrite;
import io.mcpaccess.openfga.embedded.model.TypeRestriction;
import io.mcpaccess.openfga.embedded.tuples.Symbols;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Check written straight from its definition, over texts and lists, without a thought for speed. Shares no code with the
 * engine but the model's records, and which relations are recursions. Knows the one condition of {@link Scenario}.
 */
final class ReferenceEvaluator {

    enum Answer {
        YES,
        NO,
        /** No, and a circle was met on the way. */
        CIRCLE,
        ERROR
    }

    private final AuthorizationModel model;
    private final List<StoredTuple> tuples;
    private final Symbols symbols = new Symbols();
    private final ModelPlan plan;

    ReferenceEvaluator(AuthorizationModel model, List<StoredTuple> tuples) {
        this.model = model;
        this.tuples = tuples;
        plan = ModelPlan.compile(model, symbols);
    }

    /** Which circles are recursions is asked of the engine: a real OpenFGA is the judge of that. */
    private boolean isRecursion(String object, String relation, String user) {
        return !user.contains("#") && plan.relation(type(object), relation).isRecursiveFrom(symbols.intern(type(user)));
    }

    Answer check(CheckRequest request) {
        TupleKey key = request.tuple();
        return check(key.object(), key.relation(), key.user(), request.context(), Set.of(), 0);
    }

    private Answer check(
            String object, String relation, String user, Map<String, Object> context, Set<String> asked, int depth) {
        String question = object + "#" + relation;
        if (depth == 25) {
            return Answer.ERROR;
        }
        if (asked.contains(question)) {
            return isRecursion(object, relation, user) ? Answer.NO : Answer.CIRCLE;
        }
        if (user.equals(question)) {
            return Answer.YES;
        }
        if (!reachable(type(object), relation, user, new HashSet<>())) {
            return Answer.NO;
        }
        Set<String> path = new HashSet<>(asked);
        path.add(question);
        RelationDefinition definition = model.relation(type(object), relation).orElseThrow();
        return rule(definition.rewrite(), object, definition, user, context, path, depth);
    }

    private Answer rule(
            Rewrite rule,
            String object,
            RelationDefinition relation,
            String user,
            Map<String, Object> context,
            Set<String> path,
            int depth) {
        if (rule instanceof Rewrite.Direct) {
            return direct(object, relation, user, context, path, depth);
        }
        if (rule instanceof Rewrite.Computed computed) {
            return check(object, computed.relation(), user, context, path, depth);
        }
        if (rule instanceof Rewrite.TupleToUserset from) {
            return related(object, from, user, context, path, depth);
        }
        if (rule instanceof Rewrite.Union union) {
            return any(union.operands().stream()
                    .map(operand -> rule(operand, object, relation, user, context, path, depth))
                    .toList());
        }
        if (rule instanceof Rewrite.Intersection intersection) {
            List<Answer> answers = intersection.operands().stream()
                    .map(operand -> rule(operand, object, relation, user, context, path, depth))
                    .toList();
            return all(answers);
        }
        Rewrite.Exclusion exclusion = (Rewrite.Exclusion) rule;
        Answer base = rule(exclusion.base(), object, relation, user, context, path, depth);
        Answer subtract = rule(exclusion.subtract(), object, relation, user, context, path, depth);
        return all(List.of(
                base,
                switch (subtract) {
                    case YES -> Answer.NO;
                    case NO -> Answer.YES;
                    default -> subtract;
                }));
    }

    private static Answer all(List<Answer> answers) {
        for (Answer first : List.of(Answer.CIRCLE, Answer.NO, Answer.ERROR)) {
            if (answers.contains(first)) {
                return first;
            }
        }
        return Answer.YES;
    }

    private static Answer any(List<Answer> answers) {
        for (Answer first : List.of(Answer.YES, Answer.ERROR, Answer.CIRCLE)) {
            if (answers.contains(first)) {
                return first;
            }
        }
        return Answer.NO;
    }

    private Answer direct(
            String object,
            RelationDefinition relation,
            String user,
            Map<String, Object> context,
            Set<String> path,
            int depth) {
        List<Answer> answers = new ArrayList<>();
        List<Answer> ofGroups = new ArrayList<>();
        boolean undecided = false;
        boolean anyMet = false;
        String everyone = user.contains("#") ? "" : type(user) + ":*";
        for (StoredTuple tuple : of(object, relation.name())) {
            String subject = tuple.key().user();
            Optional<Boolean> met = met(tuple, context);
            if (subject.equals(user) || subject.equals(everyone)) {
                answers.add(met.map(yes -> yes ? Answer.YES : Answer.NO).orElse(Answer.ERROR));
            }
            if (subject.contains("#")) {
                undecided |= met.isEmpty();
                if (met.orElse(false)) {
                    anyMet = true;
                    ofGroups.add(check(objectOf(subject), relationOf(subject), user, context, path, depth + 1));
                }
            }
        }
        answers.add(any(ofGroups) != Answer.YES && undecided && !anyMet ? Answer.ERROR : any(ofGroups));
        return any(answers);
    }

    private Answer related(
            String object,
            Rewrite.TupleToUserset from,
            String user,
            Map<String, Object> context,
            Set<String> path,
            int depth) {
        List<Answer> answers = new ArrayList<>();
        for (StoredTuple tuple : of(object, from.tupleset())) {
            String parent = tuple.key().user();
            if (model.relation(type(parent), from.relation()).isPresent()) {
                answers.add(check(parent, from.relation(), user, context, path, depth + 1));
            }
        }
        return any(answers);
    }

    private List<StoredTuple> of(String object, String relation) {
        return tuples.stream()
                .filter(tuple -> tuple.key().object().equals(object)
                        && tuple.key().relation().equals(relation))
                .toList();
    }

    private static Optional<Boolean> met(StoredTuple tuple, Map<String, Object> context) {
        if (tuple.condition().isEmpty()) {
            return Optional.of(true);
        }
        Object stored = tuple.condition().get().context().get("x");
        Object x = stored == null ? context.get("x") : stored;
        return Optional.ofNullable(x).map(value -> (Integer) value < 5);
    }

    private boolean reachable(String type, String relation, String user, Set<String> seen) {
        String here = type + "#" + relation;
        String kind = user.contains("#") ? type(user) + "#" + relationOf(user) : type(user);
        if (here.equals(kind)) {
            return true;
        }
        if (!seen.add(here)) {
            return false;
        }
        RelationDefinition definition = model.relation(type, relation).orElseThrow();
        return reachable(definition.rewrite(), type, definition, user, kind, seen);
    }

    private boolean reachable(
            Rewrite rule, String type, RelationDefinition relation, String user, String kind, Set<String> seen) {
        if (rule instanceof Rewrite.Direct) {
            for (TypeRestriction restriction : relation.directTypes()) {
                boolean there = restriction
                        .relation()
                        .map(name -> reachable(restriction.type(), name, user, seen))
                        .orElse(restriction.type().equals(kind));
                if (there) {
                    return true;
                }
            }
            return false;
        }
        if (rule instanceof Rewrite.Computed computed) {
            return reachable(type, computed.relation(), user, seen);
        }
        if (rule instanceof Rewrite.TupleToUserset from) {
            return model.relation(type, from.tupleset()).orElseThrow().directTypes().stream()
                    .anyMatch(parent ->
                            model.relation(parent.type(), from.relation()).isPresent()
                                    && reachable(parent.type(), from.relation(), user, seen));
        }
        List<Rewrite> operands = rule instanceof Rewrite.Union union
                ? union.operands()
                : rule instanceof Rewrite.Intersection intersection
                        ? intersection.operands()
                        : List.of(((Rewrite.Exclusion) rule).base(), ((Rewrite.Exclusion) rule).subtract());
        return operands.stream().anyMatch(operand -> reachable(operand, type, relation, user, kind, seen));
    }

    private static String type(String text) {
        return text.substring(0, text.indexOf(':'));
    }

    private static String objectOf(String userset) {
        return userset.substring(0, userset.indexOf('#'));
    }

    private static String relationOf(String userset) {
        return userset.substring(userset.indexOf('#') + 1);
    }
}
