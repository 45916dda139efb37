package io.mcpaccess.openfga.embedded.evaluation;

import io.mcpaccess.openfga.embedded.evaluation.ModelRemark.Kind;
import io.mcpaccess.openfga.embedded.tuples.Symbols;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.IntFunction;

/**
 * Which relations OpenFGA walks as a recursion: those that come back to themselves by one edge alone, while everything
 * else in them is one tuple away from the user. There a circle of tuples is simply walked once; everywhere else it is a
 * circle, which an exclusion above it answers with a deny.
 *
 * <p>OpenFGA decides this by the weights of its model graph, and not at all where that graph cannot be built: then no
 * relation of the whole model is walked so.
 */
final class RecursionRules {

    /** Users of the type cannot get there. */
    private static final int NEVER = 0;
    /** One tuple leads there. */
    private static final int ONE_TUPLE = 1;
    /** Several tuples lead there. */
    private static final int MORE = 2;

    private final Collection<RelationPlan> plans;
    private final BiFunction<Integer, Integer, RelationPlan> lookup;
    private final Map<RelationPlan, Set<RelationPlan>> below;
    private final IntFunction<String> names;
    private final Map<RelationPlan, Integer> weights = new HashMap<>();

    /**
     * The rules of a model.
     *
     * @param plans all relations, with their rules
     * @param below what each relation refers to, directly or not, itself included
     * @param lookup a relation by the symbols of its type and name, or null
     * @param names the text of a symbol
     */
    RecursionRules(
            Collection<RelationPlan> plans,
            Map<RelationPlan, Set<RelationPlan>> below,
            BiFunction<Integer, Integer, RelationPlan> lookup,
            IntFunction<String> names) {
        this.plans = plans;
        this.below = below;
        this.lookup = lookup;
        this.names = names;
    }

    /**
     * Marks the recursions of the model for each type of user.
     *
     * @return what has no place in the graph; where there is anything, nothing was marked
     */
    List<ModelRemark> mark(Collection<Integer> userTypes) {
        List<ModelRemark> remarks = new ArrayList<>();
        Set<RelationPlan> misplaced = new HashSet<>();
        for (RelationPlan plan : plans) {
            int before = remarks.size();
            misplaced(plan.rule(), plan, remarks);
            if (remarks.size() > before) {
                misplaced.add(plan);
            }
        }
        // What is above a relation without a place has none itself, whatever its own rule says.
        List<RelationPlan> others = plans.stream()
                .filter(plan -> Collections.disjoint(below.get(plan), misplaced))
                .toList();
        Map<RelationPlan, Map<Rule, Boolean>> intersections = new LinkedHashMap<>();
        Map<RelationPlan, Set<Integer>> found = new HashMap<>();
        for (int userType : userTypes) {
            weigh(userType);
            for (RelationPlan plan : others) {
                noteIntersections(
                        plan.rule(), plan, userType, intersections.computeIfAbsent(plan, key -> new HashMap<>()));
                if (recursions(plan.rule(), plan) == 1 && weights.get(plan) == MORE) {
                    found.computeIfAbsent(plan, key -> new HashSet<>()).add(userType);
                }
            }
        }
        intersections.forEach((plan, common) -> {
            if (common.containsValue(false)) {
                remarks.add(remark(plan, Kind.NOTHING_IN_COMMON, ""));
            }
        });
        if (remarks.isEmpty()) {
            found.forEach(RelationPlan::setRecursiveFrom);
        }
        return remarks;
    }

    /** An intersection without any common type of user has no place in OpenFGA's graph. */
    private void noteIntersections(Rule rule, RelationPlan of, int userType, Map<Rule, Boolean> found) {
        if (rule instanceof Rule.Intersection) {
            found.merge(rule, weight(rule, of, userType) != NEVER, Boolean::logicalOr);
        }
        for (Rule operand : operands(rule)) {
            noteIntersections(operand, of, userType, found);
        }
    }

    /** Notes what OpenFGA's graph has no place for: a parent without the relation, an operator but "or" in a circle. */
    private void misplaced(Rule rule, RelationPlan of, List<ModelRemark> remarks) {
        if (rule instanceof Rule.Related followed) {
            RelationPlan tupleset = followed.tupleset();
            for (int i = 0; i < tupleset.directCount(); i++) {
                if (lookup.apply(tupleset.directType(i), followed.relation()) == null) {
                    String parent = names.apply(tupleset.directType(i)) + "#" + names.apply(followed.relation());
                    remarks.add(remark(of, Kind.PARENT_WITHOUT_RELATION, parent));
                }
            }
        }
        boolean isCircular = (rule instanceof Rule.Intersection || rule instanceof Rule.Exclusion)
                && targets(rule, of).stream()
                        .anyMatch(target -> below.get(target).contains(of));
        if (isCircular) {
            remarks.add(remark(of, Kind.OPERATOR_IN_CIRCLE, ""));
        }
        if (rule instanceof Rule.Exclusion exclusion && isOneEdge(exclusion, of)) {
            remarks.add(remark(of, Kind.NOTHING_LEFT, ""));
        }
        for (Rule operand : operands(rule)) {
            misplaced(operand, of, remarks);
        }
    }

    /** The graph takes two edges to the one type of parent, or of user, for one, and then misses the other. */
    private static boolean isOneEdge(Rule.Exclusion exclusion, RelationPlan of) {
        if (!exclusion.base().equals(exclusion.subtract())) {
            return false;
        }
        return exclusion.base() instanceof Rule.Related related
                ? related.tupleset().directCount() == 1
                : exclusion.base() instanceof Rule.Direct && of.directCount() == 1;
    }

    private static ModelRemark remark(RelationPlan of, Kind kind, String other) {
        return new ModelRemark(of.typeName(), of.definition().name(), kind, other);
    }

    private static Rule[] operands(Rule rule) {
        if (rule instanceof Rule.Union union) {
            return union.operands();
        }
        if (rule instanceof Rule.Intersection intersection) {
            return intersection.operands();
        }
        if (rule instanceof Rule.Exclusion exclusion) {
            return new Rule[] {exclusion.base(), exclusion.subtract()};
        }
        return new Rule[0];
    }

    /** The relations that a rule refers to. */
    private Set<RelationPlan> targets(Rule rule, RelationPlan of) {
        Set<RelationPlan> found = new HashSet<>();
        if (rule instanceof Rule.Computed computed) {
            found.add(computed.target());
        } else if (rule instanceof Rule.Direct) {
            for (int i = 0; i < of.directCount(); i++) {
                if (of.directRelation(i) > Symbols.NONE) {
                    found.add(lookup.apply(of.directType(i), of.directRelation(i)));
                }
            }
        } else if (rule instanceof Rule.Related related) {
            RelationPlan tupleset = related.tupleset();
            for (int i = 0; i < tupleset.directCount(); i++) {
                found.add(lookup.apply(tupleset.directType(i), related.relation()));
            }
        }
        for (Rule operand : operands(rule)) {
            found.addAll(targets(operand, of));
        }
        found.remove(null);
        return found;
    }

    private void weigh(int userType) {
        plans.forEach(plan -> weights.put(plan, NEVER));
        boolean changed = true;
        while (changed) {
            changed = false;
            for (RelationPlan plan : plans) {
                int weight = weight(plan.rule(), plan, userType);
                changed |= weights.put(plan, weight) != weight;
            }
        }
    }

    private int weight(Rule rule, RelationPlan of, int userType) {
        if (rule instanceof Rule.Computed computed) {
            return weights.get(computed.target());
        }
        if (rule instanceof Rule.Direct || rule instanceof Rule.Related) {
            if (targets(rule, of).stream().anyMatch(target -> weights.get(target) != NEVER)) {
                return MORE;
            }
            return rule instanceof Rule.Direct && of.acceptsPlain(userType) ? ONE_TUPLE : NEVER;
        }
        int most = NEVER;
        for (Rule operand : operands(rule)) {
            int weight = weight(operand, of, userType);
            boolean isNeeded = rule instanceof Rule.Intersection
                    || (rule instanceof Rule.Exclusion exclusion && operand == exclusion.base());
            if (isNeeded && weight == NEVER) {
                return NEVER;
            }
            most = Math.max(most, weight);
        }
        return most;
    }

    /** How many edges lead back to the relation itself; more than 1 also where something else takes several tuples. */
    private int recursions(Rule rule, RelationPlan of) {
        if (rule instanceof Rule.Union union) {
            int sum = 0;
            for (Rule operand : union.operands()) {
                sum += recursions(operand, of);
            }
            return sum;
        }
        if (rule instanceof Rule.Direct || rule instanceof Rule.Related) {
            Set<RelationPlan> targets = targets(rule, of);
            boolean isRecursive = targets.remove(of);
            boolean isMore = targets.stream().anyMatch(target -> weights.get(target) != NEVER);
            return isMore ? MORE : isRecursive ? 1 : 0;
        }
        return targets(rule, of).stream().anyMatch(target -> weights.get(target) == MORE) ? MORE : 0;
    }
}
