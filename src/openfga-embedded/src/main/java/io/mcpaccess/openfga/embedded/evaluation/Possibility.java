package io.mcpaccess.openfga.embedded.evaluation;

import io.mcpaccess.openfga.embedded.tuples.Symbols;
import io.mcpaccess.openfga.embedded.tuples.TupleView;
import java.util.HashMap;
import java.util.Map;

/**
 * Whether a user can have a relation once the values come that conditions lack, in Kleene's logic of three values: what hangs on a
 * missing value is neither yes nor no, unless the rest settles it. A check without these values is no help there: OpenFGA answers an
 * error where the user is not even in the group that the condition is about, and no where a tuple of the same relation has a
 * condition that is met. For one thread and one user; circles are left to the check, which knows OpenFGA's rules for them.
 */
public final class Possibility {

    private final Question question;
    private final TupleView tuples;
    private final int user;
    private final int userType;
    private final VisitedPath path = new VisitedPath();
    private final Map<Long, Possible> known = new HashMap<>();
    private int circles;

    /** What can come of it. */
    public enum Possible {
        /** No, whatever the values. */
        NO,
        /** That hangs on values. */
        MAYBE,
        /** Yes, whatever the values. */
        YES
    }

    /**
     * Possibilities of one user.
     *
     * @param question plan, tuples and context
     * @param user the user's object
     */
    public Possibility(Question question, int user) {
        this.question = question;
        this.tuples = question.tuples();
        this.user = user;
        this.userType = tuples.type(user);
    }

    /**
     * Looks at one relation of an object.
     *
     * @param object the object
     * @param relation the relation, of the object's type
     * @return what can come of it; maybe, where there was no time to look
     */
    public Possible of(int object, RelationPlan relation) {
        return of(object, relation, 0);
    }

    private Possible of(int object, RelationPlan relation, int depth) {
        if (depth == Question.MAX_DEPTH || !relation.isReachableFrom(userType, Symbols.NONE)) {
            return Possible.NO;
        }
        if (question.isLate()) {
            return Possible.MAYBE;
        }
        if (path.holds(object, relation.relation())) {
            circles++;
            return Possible.NO;
        }
        long key = VisitedPath.question(object, relation.relation());
        Possible before = known.get(key);
        if (before != null) {
            return before;
        }
        int circlesBefore = circles;
        path.push(object, relation.relation());
        Possible answer = apply(relation.rule(), object, relation, depth);
        path.pop();
        if (circles == circlesBefore) {
            known.put(key, answer);
        }
        return answer;
    }

    private Possible apply(Rule rule, int object, RelationPlan relation, int depth) {
        if (rule instanceof Rule.Direct) {
            return direct(object, relation, depth);
        }
        if (rule instanceof Rule.Computed computed) {
            return of(object, computed.target(), depth);
        }
        if (rule instanceof Rule.Related related) {
            return related(object, related, depth);
        }
        if (rule instanceof Rule.Union union) {
            Possible answer = Possible.NO;
            for (Rule operand : union.operands()) {
                answer = either(answer, apply(operand, object, relation, depth));
            }
            return answer;
        }
        if (rule instanceof Rule.Intersection intersection) {
            Possible answer = Possible.YES;
            for (Rule operand : intersection.operands()) {
                answer = both(answer, apply(operand, object, relation, depth));
            }
            return answer;
        }
        Rule.Exclusion exclusion = (Rule.Exclusion) rule;
        return both(
                apply(exclusion.base(), object, relation, depth),
                not(apply(exclusion.subtract(), object, relation, depth)));
    }

    private Possible direct(int object, RelationPlan relation, int depth) {
        Possible answer = counts(relation, tuples.tuple(object, relation.relation(), user, Symbols.NONE));
        if (relation.accepts(userType, RelationPlan.WILDCARD)) {
            int all = tuples.object(userType, "*");
            answer = either(answer, counts(relation, tuples.tuple(object, relation.relation(), all, Symbols.NONE)));
        }
        if (!relation.hasUsersets()) {
            return answer;
        }
        for (int tuple = tuples.first(object, relation.relation(), true);
                tuple != 0 && answer != Possible.YES;
                tuple = tuples.next(tuple)) {
            int group = tuples.subjectObject(tuple);
            RelationPlan member = question.plan().relation(tuples.type(group), tuples.subjectRelation(tuple));
            answer = either(answer, behind(relation, tuple, group, member, depth));
        }
        return answer;
    }

    private Possible related(int object, Rule.Related related, int depth) {
        Possible answer = Possible.NO;
        for (int tuple = tuples.first(object, related.tupleset().relation(), false);
                tuple != 0 && answer != Possible.YES;
                tuple = tuples.next(tuple)) {
            int parent = tuples.subjectObject(tuple);
            RelationPlan relation = question.plan().relation(tuples.type(parent), related.relation());
            answer = either(answer, behind(related.tupleset(), tuple, parent, relation, depth));
        }
        return answer;
    }

    private Possible behind(RelationPlan relation, int tuple, int object, RelationPlan next, int depth) {
        Possible counts = counts(relation, tuple);
        return counts == Possible.NO || next == null ? Possible.NO : both(counts, of(object, next, depth + 1));
    }

    private Possible counts(RelationPlan relation, int tuple) {
        if (tuple == 0) {
            return Possible.NO;
        }
        return switch (question.counts(relation, tuple)) {
            case YES -> Possible.YES;
            case NO -> Possible.NO;
            case UNDECIDED -> Possible.MAYBE;
        };
    }

    private static Possible either(Possible first, Possible second) {
        return first.compareTo(second) >= 0 ? first : second;
    }

    private static Possible both(Possible first, Possible second) {
        return first.compareTo(second) <= 0 ? first : second;
    }

    private static Possible not(Possible answer) {
        return Possible.values()[Possible.values().length - 1 - answer.ordinal()];
    }
}
