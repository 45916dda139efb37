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
 * side, with the set arithmetic of {@link FoundUserSet}. Where that met a circle of tuples, each user found is checked as
 * well: sets cannot tell a recursion from a circle that denies. For one thread and one search.
 */
public final class UserSearch {

    private final Question question;
    private final TupleView tuples;
    private final UserText filter;
    private final int filterType;
    private final int filterRelation;
    private final VisitedPath path = new VisitedPath();
    private OpenFgaError error;
    private boolean metCircle;

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
        List<String> users = found.related()
                .filter(user -> !metCircle || isAllowed(user, object, relation))
                .limit(limit)
                .toList();
        return new Found(users, users.size() == limit);
    }

    private boolean isPossible(RelationPlan relation) {
        EntryEdges.Question asked = new EntryEdges.Question(relation, filterType, filterRelation);
        return question.plan().edges(asked).length > 0;
    }

    private boolean isAllowed(String user, int object, RelationPlan relation) {
        int found = tuples.object(filterType, UserText.of(user).id());
        CheckEvaluation check = new CheckEvaluation(question, found, filterRelation);
        boolean allowed = check.isAllowed(object, relation);
        if (check.error() != null) {
            throw new OpenFgaException(check.error());
        }
        return allowed;
    }

    private void expand(int object, RelationPlan relation, int depth, FoundUserSet into) {
        if (depth >= Question.MAX_DEPTH) {
            fail(Question.tooDeep());
            return;
        }
        if (question.isLate()) {
            fail(Question.tooLate());
            return;
        }
        if (path.holds(object, relation.relation())) {
            metCircle = true;
            return;
        }
        if (relation.type() == filterType && relation.relation() == filterRelation) {
            into.add(tuples.text(object) + "#" + filter.relation(), Status.RELATED);
        }
        path.push(object, relation.relation());
        apply(relation.rule(), object, relation, depth + 1, into);
        path.pop();
    }

    private void apply(Rule rule, int object, RelationPlan relation, int depth, FoundUserSet into) {
        if (rule instanceof Rule.Direct) {
            direct(object, relation, depth, into);
        } else if (rule instanceof Rule.Computed computed) {
            expand(object, computed.target(), depth, into);
        } else if (rule instanceof Rule.Related related) {
            related(object, related, depth, into);
        } else if (rule instanceof Rule.Union union) {
            into.addUnion(operands(union.operands(), object, relation, depth));
        } else if (rule instanceof Rule.Intersection intersection) {
            into.addIntersection(operands(intersection.operands(), object, relation, depth));
        } else if (rule instanceof Rule.Exclusion exclusion) {
            FoundUserSet base = new FoundUserSet(filter.type());
            apply(exclusion.base(), object, relation, depth, base);
            FoundUserSet subtract = new FoundUserSet(filter.type());
            apply(exclusion.subtract(), object, relation, depth, subtract);
            into.addExclusion(base, subtract);
        }
    }

    private List<FoundUserSet> operands(Rule[] rules, int object, RelationPlan relation, int depth) {
        FoundUserSet[] sets = new FoundUserSet[rules.length];
        for (int i = 0; i < rules.length; i++) {
            sets[i] = new FoundUserSet(filter.type());
            apply(rules[i], object, relation, depth, sets[i]);
        }
        return List.of(sets);
    }

    private void direct(int object, RelationPlan relation, int depth, FoundUserSet into) {
        for (int tuple = tuples.first(object, relation.relation(), false); tuple != 0; tuple = tuples.next(tuple)) {
            int user = tuples.subjectObject(tuple);
            if (counts(relation, tuple) && tuples.type(user) == filterType) {
                into.add(tuples.text(user), Status.RELATED);
            }
        }
        for (int tuple = tuples.first(object, relation.relation(), true); tuple != 0; tuple = tuples.next(tuple)) {
            if (counts(relation, tuple)) {
                int group = tuples.subjectObject(tuple);
                RelationPlan member = question.plan().relation(tuples.type(group), tuples.subjectRelation(tuple));
                expand(group, member, depth, into);
            }
        }
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
