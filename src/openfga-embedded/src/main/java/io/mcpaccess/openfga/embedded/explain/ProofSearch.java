package io.mcpaccess.openfga.embedded.explain;

import io.mcpaccess.openfga.embedded.evaluation.CheckEvaluation;
import io.mcpaccess.openfga.embedded.evaluation.PreparedCheck;
import io.mcpaccess.openfga.embedded.evaluation.Question;
import io.mcpaccess.openfga.embedded.evaluation.RelationPlan;
import io.mcpaccess.openfga.embedded.evaluation.Rule;
import io.mcpaccess.openfga.embedded.tuples.Symbols;
import io.mcpaccess.openfga.embedded.tuples.TupleView;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Finds the shortest path by which a user has a relation. For one thread and one user. */
final class ProofSearch {

    private static final int MOST_ALTERNATIVES = 200;

    private final Question question;
    private final TupleView tuples;
    private final PreparedCheck check;
    private final CheckEvaluation oracle;
    private final Wording wording;
    private final Map<Target, Proof> known = new HashMap<>();
    private final Deque<Target> path = new ArrayDeque<>();
    private boolean complete = true;
    private int circles;

    private record Target(int object, RelationPlan relation) {}

    ProofSearch(PreparedCheck check, Wording wording) {
        this.check = check;
        this.question = check.question();
        this.tuples = question.tuples();
        this.oracle = check.evaluation();
        this.wording = wording;
    }

    /** Whether nothing shorter was left out. */
    boolean isComplete() {
        return complete;
    }

    boolean holds(int object, RelationPlan relation) {
        return oracle.isAllowed(object, relation);
    }

    /** Null when the user does not have the relation, or time ran out. */
    Proof prove(int object, RelationPlan relation) {
        Target target = new Target(object, relation);
        if (object == check.user() && relation.relation() == check.userRelation()) {
            return Proof.of(new ProofStep(
                    0,
                    ProofStep.Kind.ITSELF,
                    wording.user() + " is itself what was asked about",
                    Optional.empty(),
                    wording.line(relation)));
        }
        if (known.containsKey(target)) {
            return known.get(target);
        }
        if (path.contains(target)) {
            circles++;
            return null;
        }
        if (path.size() >= Question.MAX_DEPTH * 2 || isLate() || !holds(object, relation)) {
            return null;
        }
        int circlesBefore = circles;
        path.push(target);
        Proof proof = prove(relation.rule(), object, relation);
        path.pop();
        if (proof != null || circles == circlesBefore) {
            known.put(target, proof);
        }
        return proof;
    }

    private boolean isLate() {
        boolean late = question.isLate();
        complete &= !late;
        return late;
    }

    /** A rule as it stands in a relation; null when it does not hold. */
    Proof prove(Rule rule, int object, RelationPlan relation) {
        if (rule instanceof Rule.Direct) {
            return direct(object, relation);
        }
        if (rule instanceof Rule.Computed computed) {
            return implied(object, relation, computed.target());
        }
        if (rule instanceof Rule.Related related) {
            return related(object, relation, related);
        }
        if (rule instanceof Rule.Union union) {
            Proof shortest = null;
            for (Rule operand : union.operands()) {
                shortest = Proof.shorter(shortest, prove(operand, object, relation));
            }
            return shortest;
        }
        if (rule instanceof Rule.Intersection intersection) {
            return all(intersection, object, relation);
        }
        return exclusion((Rule.Exclusion) rule, object, relation);
    }

    private Proof direct(int object, RelationPlan relation) {
        int named = tuples.tuple(object, relation.relation(), check.user(), check.userRelation());
        if (counts(relation, named)) {
            return Proof.of(step(ProofStep.Kind.USER, named, relation, " by a tuple of its own"));
        }
        if (check.userRelation() == Symbols.NONE) {
            int everyone = tuples.object(tuples.type(check.user()), "*");
            int open = tuples.tuple(object, relation.relation(), everyone, Symbols.NONE);
            if (counts(relation, open)) {
                return Proof.of(
                        step(ProofStep.Kind.EVERYONE, open, relation, ", which is every " + wording.typeOfUser()));
            }
        }
        Proof shortest = null;
        int looked = 0;
        for (int tuple = tuples.first(object, relation.relation(), true); tuple != 0; tuple = tuples.next(tuple)) {
            if (++looked > MOST_ALTERNATIVES || isLate()) {
                complete = false;
                return shortest;
            }
            if (counts(relation, tuple)) {
                int group = tuples.subjectObject(tuple);
                RelationPlan member = question.plan().relation(tuples.type(group), tuples.subjectRelation(tuple));
                Proof membership = prove(group, member);
                if (membership != null) {
                    shortest =
                            Proof.shorter(shortest, membership.under(step(ProofStep.Kind.GROUP, tuple, relation, "")));
                }
            }
        }
        return shortest;
    }

    private ProofStep step(ProofStep.Kind kind, int tuple, RelationPlan relation, String ending) {
        String text = wording.userset(tuples.subjectObject(tuple), tuples.subjectRelation(tuple)) + " has "
                + wording.relation(relation.relation()) + " of " + wording.object(tuples.targetObject(tuple)) + ending;
        return new ProofStep(0, kind, text, Optional.of(wording.tuple(tuple)), wording.line(relation));
    }

    private boolean counts(RelationPlan relation, int tuple) {
        return tuple != 0 && question.counts(relation, tuple) == Question.Counts.YES;
    }

    private Proof implied(int object, RelationPlan relation, RelationPlan target) {
        Proof proof = prove(object, target);
        if (proof == null) {
            return null;
        }
        String text = wording.relation(relation.relation()) + " of " + wording.object(object) + " looks at "
                + wording.relation(target.relation()) + ", which " + wording.user() + " has";
        return proof.under(new ProofStep(0, ProofStep.Kind.IMPLIED, text, Optional.empty(), wording.line(relation)));
    }

    private Proof related(int object, RelationPlan relation, Rule.Related related) {
        RelationPlan tupleset = related.tupleset();
        Proof shortest = null;
        int looked = 0;
        for (int tuple = tuples.first(object, tupleset.relation(), false); tuple != 0; tuple = tuples.next(tuple)) {
            if (++looked > MOST_ALTERNATIVES || isLate()) {
                complete = false;
                return shortest;
            }
            int parent = tuples.subjectObject(tuple);
            RelationPlan wanted = question.plan().relation(tuples.type(parent), related.relation());
            if (wanted != null && counts(tupleset, tuple)) {
                Proof there = prove(parent, wanted);
                if (there != null) {
                    String text = wording.relation(relation.relation()) + " of " + wording.object(object)
                            + " looks at " + wording.relation(related.relation()) + " of its "
                            + wording.relation(tupleset.relation()) + " " + wording.object(parent);
                    ProofStep step = new ProofStep(
                            0, ProofStep.Kind.RELATED, text, Optional.of(wording.tuple(tuple)), wording.line(relation));
                    shortest = Proof.shorter(shortest, there.under(step));
                }
            }
        }
        return shortest;
    }

    private Proof all(Rule.Intersection intersection, int object, RelationPlan relation) {
        Proof together = Proof.none();
        for (Rule operand : intersection.operands()) {
            Proof proof = prove(operand, object, relation);
            if (proof == null) {
                return null;
            }
            together = together.and(proof);
        }
        String text = wording.relation(relation.relation()) + " of " + wording.object(object) + " needs all of these";
        return together.under(new ProofStep(0, ProofStep.Kind.ALL_OF, text, Optional.empty(), wording.line(relation)));
    }

    private Proof exclusion(Rule.Exclusion exclusion, int object, RelationPlan relation) {
        Proof base = prove(exclusion.base(), object, relation);
        if (base == null || prove(exclusion.subtract(), object, relation) != null) {
            return null;
        }
        String text = "nothing excludes " + wording.user() + " from " + wording.relation(relation.relation()) + " of "
                + wording.object(object);
        return base.and(
                Proof.of(new ProofStep(0, ProofStep.Kind.NOT_BLOCKED, text, Optional.empty(), wording.line(relation))));
    }
}
