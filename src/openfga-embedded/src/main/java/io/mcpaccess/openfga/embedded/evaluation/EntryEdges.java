package io.mcpaccess.openfga.embedded.evaluation;

import io.mcpaccess.openfga.embedded.tuples.Symbols;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The first steps from a kind of user towards a relation (OpenFGA, GetPrunedRelationshipEdges). Of an intersection
 * only the first operand is followed and of an exclusion only the base: what is found that way must be checked.
 */
final class EntryEdges {

    private final ModelPlan plan;

    EntryEdges(ModelPlan plan) {
        this.plan = plan;
    }

    /**
     * What leads where.
     *
     * @param target the relation to come to
     * @param type the user's type
     * @param relation the user's relation, {@link Symbols#NONE} for a plain user or {@link RelationPlan#WILDCARD}
     */
    record Question(RelationPlan target, int type, int relation) {}

    /**
     * One step.
     *
     * @param to the relation of the step's end
     * @param kind by which rule
     * @param tupleset for {@link Kind#RELATED}: the relation that tuples are followed by
     * @param mustCheck whether what is found needs a check
     */
    record Edge(RelationPlan to, Kind kind, int tupleset, boolean mustCheck) {}

    enum Kind {
        DIRECT,
        COMPUTED,
        RELATED
    }

    Edge[] from(Question question) {
        return relation(question.target(), question, new HashSet<>()).toArray(Edge[]::new);
    }

    private List<Edge> relation(RelationPlan target, Question source, Set<RelationPlan> visited) {
        return visited.add(target) ? rule(target, target.rule(), source, visited) : List.of();
    }

    private List<Edge> rule(RelationPlan target, Rule rule, Question source, Set<RelationPlan> visited) {
        List<Edge> found = new ArrayList<>();
        if (rule instanceof Rule.Direct) {
            direct(target, source, visited, found);
        } else if (rule instanceof Rule.Computed computed) {
            if (computed.target().type() == source.type() && computed.target().relation() == source.relation()) {
                found.add(new Edge(target, Kind.COMPUTED, Symbols.NONE, false));
            }
            found.addAll(relation(computed.target(), source, visited));
        } else if (rule instanceof Rule.Related related) {
            related(target, related, source, visited, found);
        } else if (rule instanceof Rule.Union union) {
            for (Rule operand : union.operands()) {
                found.addAll(rule(target, operand, source, visited));
            }
        } else if (rule instanceof Rule.Intersection intersection) {
            found.addAll(checked(rule(target, intersection.operands()[0], source, visited)));
        } else if (rule instanceof Rule.Exclusion exclusion) {
            found.addAll(checked(rule(target, exclusion.base(), source, visited)));
        }
        return found;
    }

    private void direct(RelationPlan target, Question source, Set<RelationPlan> visited, List<Edge> found) {
        if (target.accepts(source.type(), source.relation()) || target.accepts(source.type(), RelationPlan.WILDCARD)) {
            found.add(new Edge(target, Kind.DIRECT, Symbols.NONE, false));
        }
        for (int i = 0; i < target.directCount(); i++) {
            if (target.directRelation(i) > Symbols.NONE) {
                found.addAll(relation(plan.relation(target.directType(i), target.directRelation(i)), source, visited));
            }
        }
    }

    private void related(
            RelationPlan target, Rule.Related related, Question source, Set<RelationPlan> visited, List<Edge> found) {
        RelationPlan tupleset = related.tupleset();
        for (int i = 0; i < tupleset.directCount(); i++) {
            RelationPlan computed = plan.relation(tupleset.directType(i), related.relation());
            if (computed == null) {
                continue;
            }
            if (computed.type() == source.type() && computed.relation() == source.relation()) {
                found.add(new Edge(target, Kind.RELATED, tupleset.relation(), computed.involvesSetOperators()));
            }
            found.addAll(relation(computed, source, visited));
        }
    }

    private static List<Edge> checked(List<Edge> edges) {
        return edges.stream()
                .map(edge -> new Edge(edge.to(), edge.kind(), edge.tupleset(), true))
                .toList();
    }
}
