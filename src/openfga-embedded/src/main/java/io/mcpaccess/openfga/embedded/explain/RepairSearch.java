package io.mcpaccess.openfga.embedded.explain;

import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.embedded.evaluation.ObjectSearch;
import io.mcpaccess.openfga.embedded.evaluation.PreparedCheck;
import io.mcpaccess.openfga.embedded.evaluation.Question;
import io.mcpaccess.openfga.embedded.evaluation.RelationPlan;
import io.mcpaccess.openfga.embedded.evaluation.Rule;
import io.mcpaccess.openfga.embedded.model.TypeRestriction;
import io.mcpaccess.openfga.embedded.problem.OpenFgaException;
import io.mcpaccess.openfga.embedded.tuples.Symbols;
import io.mcpaccess.openfga.embedded.tuples.TupleView;
import io.mcpaccess.openfga.embedded.tuples.UserText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the smallest sets of tuples that would give a user a relation, and on the way what stands against it. For one
 * thread and one check that is a deny.
 */
final class RepairSearch {

    private static final int MOST_ALTERNATIVES = 50;
    private static final int MOST_VISITS = 2000;

    private final Question question;
    private final TupleView tuples;
    private final PreparedCheck check;
    private final ProofSearch proofs;
    private final Wording wording;
    private final Obstacles obstacles;
    private final Deque<Target> path = new ArrayDeque<>();
    private int visits;
    private boolean complete = true;

    private record Target(int object, RelationPlan relation) {}

    RepairSearch(PreparedCheck check, ProofSearch proofs, Wording wording, Obstacles obstacles) {
        this.check = check;
        this.question = check.question();
        this.tuples = question.tuples();
        this.proofs = proofs;
        this.wording = wording;
        this.obstacles = obstacles;
    }

    boolean isComplete() {
        return complete;
    }

    List<Repair> repairs() {
        return repairs(check.object(), check.relation());
    }

    private List<Repair> repairs(int object, RelationPlan relation) {
        Target target = new Target(object, relation);
        if (path.contains(target) || !relation.isReachableFrom(tuples.type(check.user()), check.userRelation())) {
            return List.of();
        }
        if (proofs.holds(object, relation)) {
            return List.of(Repair.nothing());
        }
        if (++visits > MOST_VISITS || path.size() >= Question.MAX_DEPTH || question.isLate()) {
            complete = false;
            return List.of();
        }
        path.push(target);
        List<Repair> found = Repair.best(repairs(relation.rule(), object, relation));
        path.pop();
        return found;
    }

    private List<Repair> repairs(Rule rule, int object, RelationPlan relation) {
        if (rule instanceof Rule.Direct) {
            return direct(object, relation);
        }
        if (rule instanceof Rule.Computed computed) {
            return repairs(object, computed.target());
        }
        if (rule instanceof Rule.Related related) {
            return related(object, related);
        }
        if (rule instanceof Rule.Union union) {
            List<Repair> found = new ArrayList<>();
            for (Rule operand : union.operands()) {
                found.addAll(repairs(operand, object, relation));
            }
            return Repair.best(found);
        }
        if (rule instanceof Rule.Intersection intersection) {
            return all(intersection, object, relation);
        }
        Rule.Exclusion exclusion = (Rule.Exclusion) rule;
        List<Repair> base = repairs(exclusion.base(), object, relation);
        Proof excluded = proofs.prove(exclusion.subtract(), object, relation);
        boolean undecided =
                excluded == null && rule == relation.rule() && proofs.prove(exclusion.base(), object, relation) != null;
        if (excluded != null || undecided) {
            obstacles.blocked(object, relation, excluded == null ? Proof.none() : excluded);
            return List.of();
        }
        return base;
    }

    private List<Repair> all(Rule.Intersection intersection, int object, RelationPlan relation) {
        List<Repair> together = List.of(Repair.nothing());
        for (Rule operand : intersection.operands()) {
            List<Repair> next = new ArrayList<>();
            for (Repair more : holdsAlready(operand, object, relation)) {
                together.forEach(some -> next.add(some.with(more)));
            }
            together = Repair.best(next);
        }
        return together;
    }

    private List<Repair> holdsAlready(Rule rule, int object, RelationPlan relation) {
        return proofs.prove(rule, object, relation) != null
                ? List.of(Repair.nothing())
                : repairs(rule, object, relation);
    }

    private List<Repair> direct(int object, RelationPlan relation) {
        List<Repair> found = new ArrayList<>();
        int userType = tuples.type(check.user());
        int named = tuples.tuple(object, relation.relation(), check.user(), check.userRelation());
        if (named != 0) {
            obstacles.condition(relation, named);
        } else if (relation.accepts(userType, check.userRelation())) {
            found.add(added(object, relation, check.user(), check.userRelation()));
        }
        if (check.userRelation() == Symbols.NONE && relation.accepts(userType, RelationPlan.WILDCARD)) {
            int everyone = tuples.object(userType, "*");
            int open = tuples.tuple(object, relation.relation(), everyone, Symbols.NONE);
            if (open != 0) {
                obstacles.condition(relation, open);
            } else if (!relation.accepts(userType, Symbols.NONE)) {
                found.add(added(object, relation, everyone, Symbols.NONE));
            }
        }
        int looked = 0;
        for (int tuple = tuples.first(object, relation.relation(), true); tuple != 0; tuple = tuples.next(tuple)) {
            if (++looked > MOST_ALTERNATIVES) {
                complete = false;
                break;
            }
            int group = tuples.subjectObject(tuple);
            RelationPlan member = question.plan().relation(tuples.type(group), tuples.subjectRelation(tuple));
            found.addAll(through(relation, tuple, group, member));
        }
        for (int i = 0; i < relation.directCount(); i++) {
            if (relation.directRelation(i) > Symbols.NONE) {
                RelationPlan member = question.plan().relation(relation.directType(i), relation.directRelation(i));
                for (int group : objectsOfTheUser(member)) {
                    if (tuples.tuple(object, relation.relation(), group, member.relation()) == 0) {
                        found.add(added(object, relation, group, member.relation()));
                    }
                }
            }
        }
        return found;
    }

    private List<Repair> related(int object, Rule.Related related) {
        RelationPlan tupleset = related.tupleset();
        List<Repair> found = new ArrayList<>();
        int looked = 0;
        for (int tuple = tuples.first(object, tupleset.relation(), false); tuple != 0; tuple = tuples.next(tuple)) {
            if (++looked > MOST_ALTERNATIVES) {
                complete = false;
                break;
            }
            int parent = tuples.subjectObject(tuple);
            RelationPlan wanted = question.plan().relation(tuples.type(parent), related.relation());
            if (wanted != null) {
                found.addAll(through(tupleset, tuple, parent, wanted));
            }
        }
        for (int i = 0; i < tupleset.directCount(); i++) {
            RelationPlan wanted = question.plan().relation(tupleset.directType(i), related.relation());
            if (wanted != null) {
                for (int parent : objectsOfTheUser(wanted)) {
                    if (tuples.tuple(object, tupleset.relation(), parent, Symbols.NONE) == 0) {
                        found.add(added(object, tupleset, parent, Symbols.NONE));
                    }
                }
            }
        }
        return found;
    }

    /** What is missing behind a tuple that is there; a tuple whose condition is not met leads nowhere. */
    private List<Repair> through(RelationPlan relation, int tuple, int next, RelationPlan wanted) {
        if (!question.isValid(relation, tuple)) {
            return List.of();
        }
        if (question.counts(relation, tuple) == Question.Counts.YES) {
            return repairs(next, wanted);
        }
        if (proofs.holds(next, wanted)) {
            obstacles.condition(relation, tuple);
        }
        return List.of();
    }

    /** A few objects to which the user has a relation already, such as its groups. */
    private List<Integer> objectsOfTheUser(RelationPlan relation) {
        if (!relation.isReachableFrom(tuples.type(check.user()), check.userRelation()) || question.isLate()) {
            return List.of();
        }
        try {
            ObjectSearch search = new ObjectSearch(question, relation, check.user(), check.userRelation(), Repair.MOST);
            return search.run().items().stream()
                    .map(text ->
                            tuples.object(relation.type(), UserText.of(text).id()))
                    .filter(object -> object != check.object())
                    .toList();
        } catch (OpenFgaException e) {
            complete = false;
            return List.of();
        }
    }

    private Repair added(int object, RelationPlan relation, int user, int userRelation) {
        int kind = userRelation == Symbols.NONE && tuples.isWildcard(user) ? RelationPlan.WILDCARD : userRelation;
        int type = tuples.type(user);
        Optional<StoredTuple.Condition> condition = relation.acceptsCondition(type, kind, null)
                ? Optional.empty()
                : relation.definition().directTypes().stream()
                        .filter(restriction -> restriction.type().equals(wording.type(type)))
                        .map(TypeRestriction::condition)
                        .flatMap(Optional::stream)
                        .findFirst()
                        .map(name -> new StoredTuple.Condition(name, Map.of()));
        int detour = user == check.user() && userRelation == check.userRelation() ? 0 : 1;
        return Repair.of(
                wording.tuple(object, relation.relation(), user, userRelation, condition), path.size() * 2 + detour);
    }
}
