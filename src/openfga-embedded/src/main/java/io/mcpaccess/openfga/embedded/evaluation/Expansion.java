package io.mcpaccess.openfga.embedded.evaluation;

import io.mcpaccess.openfga.embedded.tuples.TupleView;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Takes a relation of an object apart (OpenFGA, Expand). */
public final class Expansion {

    private final Question question;
    private final TupleView tuples;

    /**
     * An expansion.
     *
     * @param question plan and tuples; the context is not used
     */
    public Expansion(Question question) {
        this.question = question;
        this.tuples = question.tuples();
    }

    /**
     * Expands.
     *
     * @param object the object
     * @param relation the relation, of the object's type
     * @return the tree
     */
    public UsersetTree expand(int object, RelationPlan relation) {
        return expand(relation.rule(), object, relation);
    }

    private UsersetTree expand(Rule rule, int object, RelationPlan relation) {
        String name = name(object, relation.definition().name());
        if (rule instanceof Rule.Direct) {
            Set<String> users = new TreeSet<>();
            collect(object, relation, false, users);
            collect(object, relation, true, users);
            return new UsersetTree.Users(name, List.copyOf(users));
        }
        if (rule instanceof Rule.Computed computed) {
            return new UsersetTree.Computed(
                    name, name(object, computed.target().definition().name()));
        }
        if (rule instanceof Rule.Related related) {
            return related(name, object, related);
        }
        if (rule instanceof Rule.Union union) {
            return new UsersetTree.Union(name, expandAll(union.operands(), object, relation));
        }
        if (rule instanceof Rule.Intersection intersection) {
            return new UsersetTree.Intersection(name, expandAll(intersection.operands(), object, relation));
        }
        Rule.Exclusion exclusion = (Rule.Exclusion) rule;
        return new UsersetTree.Difference(
                name, expand(exclusion.base(), object, relation), expand(exclusion.subtract(), object, relation));
    }

    private List<UsersetTree> expandAll(Rule[] rules, int object, RelationPlan relation) {
        List<UsersetTree> nodes = new ArrayList<>();
        for (Rule rule : rules) {
            nodes.add(expand(rule, object, relation));
        }
        return nodes;
    }

    private UsersetTree related(String name, int object, Rule.Related related) {
        RelationPlan tupleset = related.tupleset();
        String relation = question.plan().symbols().name(related.relation());
        Set<String> computed = new LinkedHashSet<>();
        for (int tuple = tuples.first(object, tupleset.relation(), false); tuple != 0; tuple = tuples.next(tuple)) {
            if (question.isValid(tupleset, tuple)) {
                computed.add(name(tuples.subjectObject(tuple), relation));
            }
        }
        return new UsersetTree.TupleToUserset(
                name, name(object, tupleset.definition().name()), List.copyOf(computed));
    }

    private void collect(int object, RelationPlan relation, boolean usersets, Set<String> users) {
        for (int tuple = tuples.first(object, relation.relation(), usersets); tuple != 0; tuple = tuples.next(tuple)) {
            if (question.isValid(relation, tuple)) {
                users.add(tuples.stored(tuple).key().user());
            }
        }
    }

    private String name(int object, String relation) {
        return tuples.text(object) + "#" + relation;
    }
}
