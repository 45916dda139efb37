package io.mcpaccess.openfga.embedded.evaluation;

import io.mcpaccess.openfga.embedded.problem.OpenFgaError;
import io.mcpaccess.openfga.embedded.tuples.Symbols;
import io.mcpaccess.openfga.embedded.tuples.TupleView;

/**
 * Whether one user has a relation to objects (OpenFGA, Check). For one thread and one user; may be asked about any
 * number of objects.
 *
 * <p>The rules for what is not plainly yes or no are OpenFGA's. A union is an allow if any operand is, whatever errors
 * the others meet; an intersection is a deny if any operand is. A path that comes back to a question it is already
 * asking is a deny, and an exclusion that meets such a path below itself is a deny on both its sides: a subtracted rule
 * about which nothing can be said must not let anybody in. Not so in a relation that is a plain recursion
 * ({@link RecursionRules}): its objects are walked once each, and the tuples decide. OpenFGA looks at operands side by side and may or may not
 * meet the circle before another operand settles the matter; below a subtracted rule this looks at all operands, so that
 * a circle is always met.
 */
public final class CheckEvaluation {

    private final Question question;
    private final TupleView tuples;
    private final int user;
    private final int userType;
    private final int userRelation;
    private final VisitedPath path = new VisitedPath();
    private final KnownAnswers known = new KnownAnswers();
    private OpenFgaError error;
    private int deepest;
    private int circles;
    private Recursion recursion;
    private int skipped;

    /**
     * A check about one user.
     *
     * @param question plan, tuples and context
     * @param user the user's object; the typed wildcard is one too
     * @param userRelation the userset's relation, or {@link Symbols#NONE}
     */
    public CheckEvaluation(Question question, int user, int userRelation) {
        this.question = question;
        this.tuples = question.tuples();
        this.user = user;
        this.userType = tuples.type(user);
        this.userRelation = userRelation;
    }

    /**
     * Answers the question for an object.
     *
     * @param object the object
     * @param relation the relation, of the object's type
     * @return true for an allow, false for a deny or an error
     */
    public boolean isAllowed(int object, RelationPlan relation) {
        int answer = check(object, relation, 0, false);
        if (answer != Certainty.FAILED) {
            error = null;
        }
        return answer == Certainty.ALLOWED;
    }

    /**
     * What went wrong in the last question.
     *
     * @return null when it was answered
     */
    public OpenFgaError error() {
        return error;
    }

    private int check(int object, RelationPlan relation, int depth, boolean subtracted) {
        if (depth == Question.MAX_DEPTH) {
            return tooDeep(object, relation);
        }
        deepest = Math.max(deepest, depth);
        if (isWithin(relation) && recursion.isKnown(object, depth)) {
            skipped++;
            return Certainty.DENIED;
        }
        if (!isWithin(relation) && path.holds(object, relation.relation())) {
            circles++;
            return Certainty.CIRCLE;
        }
        if (object == user && relation.relation() == userRelation) {
            return Certainty.ALLOWED;
        }
        if (!relation.isReachableFrom(userType, userRelation)) {
            return Certainty.DENIED;
        }
        int answer = known.find(object, relation.relation(), depth, subtracted);
        if (answer != KnownAnswers.UNKNOWN) {
            deepest = Math.max(deepest, depth + known.heightOfLast());
            return answer;
        }
        if (question.isLate()) {
            return fail(Question.tooLate());
        }
        return explore(object, relation, depth, subtracted);
    }

    /** Whether the walk is in the middle of this recursion: then an allow of any of its objects is one of the first. */
    private boolean isWithin(RelationPlan relation) {
        return recursion != null && recursion.relation() == relation;
    }

    /** Within a recursion there may be a shorter way to the same object, which is told at its end. */
    private int tooDeep(int object, RelationPlan relation) {
        if (!isWithin(relation)) {
            return fail(Question.tooDeep());
        }
        recursion.isKnown(object, Question.MAX_DEPTH);
        skipped++;
        return Certainty.DENIED;
    }

    private int explore(int object, RelationPlan relation, int depth, boolean subtracted) {
        int circlesBefore = circles;
        int skippedBefore = skipped;
        int deepestBefore = deepest;
        Recursion outer = recursion;
        boolean isFirst = userRelation == Symbols.NONE && relation.isRecursiveFrom(userType) && !isWithin(relation);
        if (isFirst) {
            recursion = new Recursion(relation, object, depth);
        }
        deepest = depth;
        path.push(object, relation.relation());
        int answer = apply(relation.rule(), object, relation, depth, subtracted);
        path.pop();
        if (isFirst) {
            if (answer != Certainty.ALLOWED && recursion.reached(Question.MAX_DEPTH)) {
                answer = fail(Question.tooDeep());
            }
            recursion = outer;
            skipped = skippedBefore;
        }
        if (circles == circlesBefore && skipped == skippedBefore && answer != Certainty.FAILED) {
            known.remember(object, relation.relation(), deepest - depth, answer, subtracted);
        }
        deepest = Math.max(deepest, deepestBefore);
        return answer;
    }

    private int apply(Rule rule, int object, RelationPlan relation, int depth, boolean subtracted) {
        if (rule instanceof Rule.Direct) {
            return direct(object, relation, depth, subtracted);
        }
        if (rule instanceof Rule.Computed computed) {
            return check(object, computed.target(), depth, subtracted);
        }
        if (rule instanceof Rule.Related related) {
            return related(object, related, depth, subtracted);
        }
        if (rule instanceof Rule.Union union) {
            return union(union, object, relation, depth, subtracted);
        }
        if (rule instanceof Rule.Intersection intersection) {
            return intersection(intersection, object, relation, depth, subtracted);
        }
        return exclusion((Rule.Exclusion) rule, object, relation, depth, subtracted);
    }

    private int union(Rule.Union union, int object, RelationPlan relation, int depth, boolean subtracted) {
        int answer = Certainty.DENIED;
        for (Rule operand : union.operands()) {
            answer = Certainty.either(answer, apply(operand, object, relation, depth, subtracted));
            if (answer == Certainty.ALLOWED) {
                return Certainty.ALLOWED;
            }
        }
        return answer;
    }

    private int intersection(
            Rule.Intersection intersection, int object, RelationPlan relation, int depth, boolean subtracted) {
        int answer = Certainty.ALLOWED;
        for (Rule operand : intersection.operands()) {
            answer = Certainty.both(answer, apply(operand, object, relation, depth, subtracted));
            if (answer == Certainty.CIRCLE || (answer == Certainty.DENIED && !subtracted)) {
                return answer;
            }
        }
        return answer;
    }

    private int exclusion(Rule.Exclusion exclusion, int object, RelationPlan relation, int depth, boolean subtracted) {
        int base = apply(exclusion.base(), object, relation, depth, subtracted);
        if (base == Certainty.CIRCLE || (base == Certainty.DENIED && !subtracted)) {
            return base;
        }
        int subtract = apply(exclusion.subtract(), object, relation, depth, true);
        return Certainty.both(
                base,
                subtract == Certainty.ALLOWED
                        ? Certainty.DENIED
                        : subtract == Certainty.DENIED ? Certainty.ALLOWED : subtract);
    }

    private int direct(int object, RelationPlan relation, int depth, boolean subtracted) {
        int answer = Certainty.DENIED;
        if (relation.accepts(userType, userRelation)) {
            answer = named(relation, tuples.tuple(object, relation.relation(), user, userRelation));
        }
        if (answer != Certainty.ALLOWED
                && userRelation == Symbols.NONE
                && relation.accepts(userType, RelationPlan.WILDCARD)) {
            int all = tuples.object(userType, "*");
            answer = Certainty.either(
                    answer, named(relation, tuples.tuple(object, relation.relation(), all, Symbols.NONE)));
        }
        if (answer != Certainty.ALLOWED && relation.hasUsersets()) {
            answer = Certainty.either(answer, usersets(object, relation, depth, subtracted));
        }
        return answer;
    }

    private int named(RelationPlan relation, int tuple) {
        if (tuple == 0) {
            return Certainty.DENIED;
        }
        return switch (question.counts(relation, tuple)) {
            case YES -> Certainty.ALLOWED;
            case NO -> Certainty.DENIED;
            case UNDECIDED -> fail(question.lastError());
        };
    }

    /** An undecided condition is an error only if no tuple's condition was met (OpenFGA's iterators have it so). */
    private int usersets(int object, RelationPlan relation, int depth, boolean subtracted) {
        int answer = Certainty.DENIED;
        boolean anyCounts = false;
        OpenFgaError undecided = null;
        for (int tuple = tuples.first(object, relation.relation(), true); tuple != 0; tuple = tuples.next(tuple)) {
            if (question.isLate()) {
                return fail(Question.tooLate());
            }
            Question.Counts counts = question.counts(relation, tuple);
            if (counts == Question.Counts.UNDECIDED) {
                undecided = question.lastError();
            } else if (counts == Question.Counts.YES) {
                anyCounts = true;
                int group = tuples.subjectObject(tuple);
                RelationPlan member = question.plan().relation(tuples.type(group), tuples.subjectRelation(tuple));
                answer = Certainty.either(answer, check(group, member, depth + 1, subtracted));
                if (answer == Certainty.ALLOWED) {
                    return Certainty.ALLOWED;
                }
            }
        }
        return undecided != null && !anyCounts ? fail(undecided) : answer;
    }

    private int related(int object, Rule.Related related, int depth, boolean subtracted) {
        RelationPlan tupleset = related.tupleset();
        int answer = Certainty.DENIED;
        boolean anyCounts = false;
        OpenFgaError undecided = null;
        for (int tuple = tuples.first(object, tupleset.relation(), false); tuple != 0; tuple = tuples.next(tuple)) {
            if (question.isLate()) {
                return fail(Question.tooLate());
            }
            Question.Counts counts = question.counts(tupleset, tuple);
            if (counts == Question.Counts.UNDECIDED) {
                undecided = question.lastError();
            } else if (counts == Question.Counts.YES) {
                anyCounts = true;
                int parent = tuples.subjectObject(tuple);
                RelationPlan relation = question.plan().relation(tuples.type(parent), related.relation());
                if (relation != null) {
                    answer = Certainty.either(answer, check(parent, relation, depth + 1, subtracted));
                    if (answer == Certainty.ALLOWED) {
                        return Certainty.ALLOWED;
                    }
                }
            }
        }
        return undecided != null && !anyCounts ? fail(undecided) : answer;
    }

    private int fail(OpenFgaError failure) {
        error = failure;
        return Certainty.FAILED;
    }
}
