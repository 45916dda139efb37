package io.mcpaccess.openfga.embedded.evaluation;

import io.mcpaccess.openfga.embedded.evaluation.FoundUserSet.Status;
import io.mcpaccess.openfga.embedded.problem.OpenFgaCode;
import io.mcpaccess.openfga.embedded.problem.OpenFgaError;
import io.mcpaccess.openfga.embedded.problem.OpenFgaException;
import io.mcpaccess.openfga.embedded.tuples.Symbols;
import io.mcpaccess.openfga.embedded.tuples.TupleView;
import io.mcpaccess.openfga.embedded.tuples.UserText;
import java.util.List;

/**
 * Finds the users who have a relation to an object (OpenFGA, ListUsers): works out the sets of users from the object's
 * side, with the set arithmetic of {@link FoundUserSet}. For one thread and one search.
 */
public final class UserSearch {

    private final Question question;
    private final TupleView tuples;
    private final UserText filter;
    private final int filterType;
    private final int filterRelation;
    private final VisitedPath path = new VisitedPath();
    private OpenFgaError error;

    /**
     * A search.
     *
     * @param question plan, tuples and context
     * @param filter type and, for usersets, relation of the wanted users; both are in the model
     */
    public UserSearch(Question question, UserText filter) {
        this.question = question;
        this.tuples = question.tuples();
        this.filter = filter;
        Symbols symbols = question.plan().symbols();
        this.filterType = symbols.find(filter.type());
        this.filterRelation = filter.isUserset() ? symbols.find(filter.relation()) : Symbols.NONE;
    }

    /**
     * Searches.
     *
     * @param object the object
     * @param relation the relation, of the object's type
     * @param limit how many users at most
     * @return users in OpenFGA's text form, the typed wildcard among them if everyone has the relation
     * @throws OpenFgaException when a condition could not be decided, or the walk was too deep or too long: half of an
     *     exclusion would name users who do not have the relation
     */
    public Found run(int object, RelationPlan relation, int limit) {
        boolean itself = relation.type() == filterType && relation.relation() == filterRelation;
        if (!itself && !isPossible(relation)) {
            return new Found(List.of(), false);
        }
        FoundUserSet found = new FoundUserSet(filter.type());
        expand(object, relation, 0, found);
        if (error != null) {
            throw new OpenFgaException(error);
        }
        List<String> users = found.related().limit(limit).toList();
        return new Found(users, users.size() == limit);
    }

    private boolean isPossible(RelationPlan relation) {
        EntryEdges.Question asked = new EntryEdges.Question(relation, filterType, filterRelation);
        return question.plan().edges(asked).length > 0;
    }

    /** Returns whether the walk came back to where it already is. */
    private boolean expand(int object, RelationPlan relation, int depth, FoundUserSet into) {
        if (depth >= Question.MAX_DEPTH) {
            fail(Question.tooDeep());
            return false;
        }
        if (question.isLate()) {
            fail(Question.tooLate());
            return false;
        }
        if (path.holds(object, relation.relation())) {
            return true;
        }
        if (relation.type() == filterType && relation.relation() == filterRelation) {
            into.add(tuples.text(object) + "#" + filter.relation(), Status.RELATED);
        }
        path.push(object, relation.relation());
        boolean circle = apply(relation.rule(), object, relation, depth + 1, into);
        path.pop();
        return circle;
    }

    private boolean apply(Rule rule, int object, RelationPlan relation, int depth, FoundUserSet into) {
        if (rule instanceof Rule.Direct) {
            return direct(object, relation, depth, into);
        }
        if (rule instanceof Rule.Computed computed) {
            return expand(object, computed.target(), depth, into);
        }
        if (rule instanceof Rule.Related related) {
            related(object, related, depth, into);
            return false;
        }
        if (rule instanceof Rule.Union union) {
            into.addUnion(operands(union.operands(), object, relation, depth));
            return false;
        }
        if (rule instanceof Rule.Intersection intersection) {
            into.addIntersection(operands(intersection.operands(), object, relation, depth));
            return false;
        }
        Rule.Exclusion exclusion = (Rule.Exclusion) rule;
        FoundUserSet base = new FoundUserSet(filter.type());
        apply(exclusion.base(), object, relation, depth, base);
        FoundUserSet subtract = new FoundUserSet(filter.type());
        boolean circle = apply(exclusion.subtract(), object, relation, depth, subtract);
        if (!circle) {
            into.addExclusion(base, subtract);
        }
        return false;
    }

    private List<FoundUserSet> operands(Rule[] rules, int object, RelationPlan relation, int depth) {
        FoundUserSet[] sets = new FoundUserSet[rules.length];
        for (int i = 0; i < rules.length; i++) {
            sets[i] = new FoundUserSet(filter.type());
            apply(rules[i], object, relation, depth, sets[i]);
        }
        return List.of(sets);
    }

    private boolean direct(int object, RelationPlan relation, int depth, FoundUserSet into) {
        for (int tuple = tuples.first(object, relation.relation(), false); tuple != 0; tuple = tuples.next(tuple)) {
            int user = tuples.subjectObject(tuple);
            if (counts(relation, tuple) && tuples.type(user) == filterType) {
                into.add(tuples.text(user), Status.RELATED);
            }
        }
        boolean circle = false;
        for (int tuple = tuples.first(object, relation.relation(), true); tuple != 0; tuple = tuples.next(tuple)) {
            if (counts(relation, tuple)) {
                int group = tuples.subjectObject(tuple);
                RelationPlan member = question.plan().relation(tuples.type(group), tuples.subjectRelation(tuple));
                circle |= expand(group, member, depth, into);
            }
        }
        return circle;
    }

    private void related(int object, Rule.Related related, int depth, FoundUserSet into) {
        RelationPlan tupleset = related.tupleset();
        for (int tuple = tuples.first(object, tupleset.relation(), false); tuple != 0; tuple = tuples.next(tuple)) {
            int parent = tuples.subjectObject(tuple);
            RelationPlan relation = question.plan().relation(tuples.type(parent), related.relation());
            if (counts(tupleset, tuple) && relation != null) {
                expand(parent, relation, depth, into);
            }
        }
    }

    private boolean counts(RelationPlan relation, int tuple) {
        if (question.isLate()) {
            fail(Question.tooLate());
            return false;
        }
        Question.Counts counts = question.counts(relation, tuple);
        if (counts == Question.Counts.UNDECIDED) {
            fail(question.lastError());
        }
        return counts == Question.Counts.YES;
    }

    /** A walk that was too deep or too late says so, whatever else went wrong. */
    private void fail(OpenFgaError failure) {
        if (error == null || error.code() == OpenFgaCode.VALIDATION_ERROR) {
            error = failure;
        }
    }
}
