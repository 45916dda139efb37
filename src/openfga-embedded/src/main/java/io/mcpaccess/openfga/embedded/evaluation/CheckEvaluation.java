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
 * about which nothing can be said must not let anybody in. OpenFGA looks at operands side by side and may or may not
 * meet the circle before another operand settles the matter; below a subtracted rule this looks at all operands, so that
 * a circle is always met.
 */
public final class CheckEvaluation {

    /** An allow. */
    static final int ALLOWED = 1;
    /** A deny. */
    static final int DENIED = 0;
    /** A deny that a circle of tuples had a part in. */
    static final int CIRCLE = -1;
    /** No answer: {@link #error} tells why. */
    static final int FAILED = -2;

    private final Question question;
    private final TupleView tuples;
    private final int user;
    private final int userType;
    private final int userRelation;
    private final VisitedPath path = new VisitedPath();
    private final KnownAnswers known = new KnownAnswers();
    private int everyone;
    private OpenFgaError error;
    private int deepest;
    private int circles;

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
        if (answer != FAILED) {
            error = null;
        }
        return answer == ALLOWED;
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
            return fail(Question.tooDeep());
        }
        deepest = Math.max(deepest, depth);
        if (path.holds(object, relation.relation())) {
            circles++;
            return CIRCLE;
        }
        if (object == user && relation.relation() == userRelation) {
            return ALLOWED;
        }
        if (!relation.isReachableFrom(userType, userRelation)) {
            return DENIED;
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

    private int explore(int object, RelationPlan relation, int depth, boolean subtracted) {
        int circlesBefore = circles;
        int deepestBefore = deepest;
        deepest = depth;
        path.push(object, relation.relation());
        int answer = apply(relation.rule(), object, relation, depth, subtracted);
        path.pop();
        if (circles == circlesBefore && answer != FAILED) {
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
        int answer = DENIED;
        for (Rule operand : union.operands()) {
            answer = either(answer, apply(operand, object, relation, depth, subtracted));
            if (answer == ALLOWED) {
                return ALLOWED;
            }
        }
        return answer;
    }

    private int intersection(
            Rule.Intersection intersection, int object, RelationPlan relation, int depth, boolean subtracted) {
        int answer = ALLOWED;
        for (Rule operand : intersection.operands()) {
            answer = both(answer, apply(operand, object, relation, depth, subtracted));
            if (answer == CIRCLE || (answer == DENIED && !subtracted)) {
                return answer;
            }
        }
        return answer;
    }

    private int exclusion(Rule.Exclusion exclusion, int object, RelationPlan relation, int depth, boolean subtracted) {
        int base = apply(exclusion.base(), object, relation, depth, subtracted);
        if (base == CIRCLE || (base == DENIED && !subtracted)) {
            return base;
        }
        int subtract = apply(exclusion.subtract(), object, relation, depth, true);
        return both(base, subtract == ALLOWED ? DENIED : subtract == DENIED ? ALLOWED : subtract);
    }

    /** What is certain of two things that are both needed: a circle beats a deny, a deny an error, an error an allow. */
    private static int both(int first, int second) {
        if (first == CIRCLE || second == CIRCLE) {
            return CIRCLE;
        }
        if (first == DENIED || second == DENIED) {
            return DENIED;
        }
        return first == FAILED || second == FAILED ? FAILED : ALLOWED;
    }

    /** What is certain of two alternatives: an allow beats an error, an error beats a deny. */
    private static int either(int first, int second) {
        if (first == ALLOWED || second == ALLOWED) {
            return ALLOWED;
        }
        return Math.min(first, second);
    }

    private int direct(int object, RelationPlan relation, int depth, boolean subtracted) {
        int answer = DENIED;
        if (relation.accepts(userType, userRelation)) {
            answer = named(relation, tuples.tuple(object, relation.relation(), user, userRelation));
        }
        if (answer != ALLOWED && userRelation == Symbols.NONE && relation.accepts(userType, RelationPlan.WILDCARD)) {
            int everyone = tuples.object(userType, "*");
            answer = either(answer, named(relation, tuples.tuple(object, relation.relation(), everyone, Symbols.NONE)));
        }
        if (answer != ALLOWED && relation.hasUsersets()) {
            answer = either(answer, usersets(object, relation, depth, subtracted));
        }
        return answer;
    }

    private int named(RelationPlan relation, int tuple) {
        if (tuple == 0) {
            return DENIED;
        }
        return switch (question.counts(relation, tuple)) {
            case YES -> ALLOWED;
            case NO -> DENIED;
            case UNDECIDED -> fail(question.lastError());
        };
    }

    /** An undecided condition is an error only if no tuple's condition was met (OpenFGA's iterators have it so). */
    private int usersets(int object, RelationPlan relation, int depth, boolean subtracted) {
        int answer = DENIED;
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
                answer = either(answer, check(group, member, depth + 1, subtracted));
                if (answer == ALLOWED) {
                    return ALLOWED;
                }
            }
        }
        return undecided != null && !anyCounts ? fail(undecided) : answer;
    }

    private int related(int object, Rule.Related related, int depth, boolean subtracted) {
        RelationPlan tupleset = related.tupleset();
        int answer = DENIED;
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
                    answer = either(answer, check(parent, relation, depth + 1, subtracted));
                    if (answer == ALLOWED) {
                        return ALLOWED;
                    }
                }
            }
        }
        return undecided != null && !anyCounts ? fail(undecided) : answer;
    }

    private int fail(OpenFgaError failure) {
        error = failure;
        return FAILED;
    }
}
