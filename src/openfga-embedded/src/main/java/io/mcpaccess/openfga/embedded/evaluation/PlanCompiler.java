package io.mcpaccess.openfga.embedded.evaluation;

import io.mcpaccess.openfga.embedded.condition.CompiledCondition;
import io.mcpaccess.openfga.embedded.model.AuthorizationModel;
import io.mcpaccess.openfga.embedded.model.RelationDefinition;
import io.mcpaccess.openfga.embedded.model.Rewrite;
import io.mcpaccess.openfga.embedded.model.TypeDefinition;
import io.mcpaccess.openfga.embedded.tuples.Symbols;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compiles a model into a {@link ModelPlan}. */
final class PlanCompiler {

    private final AuthorizationModel model;
    private final Symbols symbols;
    private final Map<String, RelationPlan> plans = new HashMap<>();

    PlanCompiler(AuthorizationModel model, Symbols symbols) {
        this.model = model;
        this.symbols = symbols;
    }

    ModelPlan compile() {
        for (TypeDefinition type : model.types().values()) {
            symbols.intern(type.name());
            Set<String> tuplesets = new HashSet<>();
            type.relations().values().forEach(relation -> collectTuplesets(relation.rewrite(), tuplesets));
            for (RelationDefinition relation : type.relations().values()) {
                plans.put(
                        type.name() + "#" + relation.name(),
                        new RelationPlan(type.name(), relation, tuplesets.contains(relation.name()), symbols));
            }
        }
        plans.values()
                .forEach(plan ->
                        plan.setRule(rule(plan.typeName(), plan.definition().rewrite())));
        RelationPlan[][] table = new RelationPlan[symbols.size()][];
        for (RelationPlan plan : plans.values()) {
            if (table[plan.type()] == null) {
                table[plan.type()] = new RelationPlan[symbols.size()];
            }
            table[plan.type()][plan.relation()] = plan;
        }
        Map<RelationPlan, Set<RelationPlan>> below = new HashMap<>();
        plans.values().forEach(plan -> {
            Set<RelationPlan> seen = new HashSet<>();
            reach(plan, plan, seen);
            below.put(plan, seen);
            plan.setInvolvesSetOperators(seen.stream().anyMatch(other -> hasSetOperator(other.rule())));
        });
        List<ModelRemark> remarks = new RecursionRules(plans.values(), below, this::plan, symbols::name)
                .mark(model.types().keySet().stream().map(symbols::intern).toList());
        Map<String, CompiledCondition> conditions = new HashMap<>();
        model.conditions().forEach((name, definition) -> conditions.put(name, CompiledCondition.compile(definition)));
        return new ModelPlan(model, symbols, table, plans.values(), conditions, remarks);
    }

    private static void collectTuplesets(Rewrite rewrite, Set<String> found) {
        if (rewrite instanceof Rewrite.TupleToUserset from) {
            found.add(from.tupleset());
        } else if (rewrite instanceof Rewrite.Union union) {
            union.operands().forEach(operand -> collectTuplesets(operand, found));
        } else if (rewrite instanceof Rewrite.Intersection intersection) {
            intersection.operands().forEach(operand -> collectTuplesets(operand, found));
        } else if (rewrite instanceof Rewrite.Exclusion exclusion) {
            collectTuplesets(exclusion.base(), found);
            collectTuplesets(exclusion.subtract(), found);
        }
    }

    private Rule rule(String type, Rewrite rewrite) {
        if (rewrite instanceof Rewrite.Computed computed) {
            return new Rule.Computed(plans.get(type + "#" + computed.relation()));
        }
        if (rewrite instanceof Rewrite.TupleToUserset from) {
            return new Rule.Related(plans.get(type + "#" + from.tupleset()), symbols.intern(from.relation()));
        }
        if (rewrite instanceof Rewrite.Union union) {
            return new Rule.Union(rules(type, union.operands()));
        }
        if (rewrite instanceof Rewrite.Intersection intersection) {
            return new Rule.Intersection(rules(type, intersection.operands()));
        }
        if (rewrite instanceof Rewrite.Exclusion exclusion) {
            return new Rule.Exclusion(rule(type, exclusion.base()), rule(type, exclusion.subtract()));
        }
        return new Rule.Direct();
    }

    private Rule[] rules(String type, List<Rewrite> rewrites) {
        return rewrites.stream().map(rewrite -> rule(type, rewrite)).toArray(Rule[]::new);
    }

    private static boolean hasSetOperator(Rule rule) {
        if (rule instanceof Rule.Union union) {
            for (Rule operand : union.operands()) {
                if (hasSetOperator(operand)) {
                    return true;
                }
            }
            return false;
        }
        return rule instanceof Rule.Intersection || rule instanceof Rule.Exclusion;
    }

    /** Marks every kind of user from which tuples could lead to the relation (OpenFGA, PathExists). */
    private void reach(RelationPlan of, RelationPlan at, Set<RelationPlan> seen) {
        if (seen.add(at)) {
            of.reachableFrom(at.type(), at.relation());
            reach(of, at, at.rule(), seen);
        }
    }

    private void reach(RelationPlan of, RelationPlan at, Rule rule, Set<RelationPlan> seen) {
        if (rule instanceof Rule.Direct) {
            for (int i = 0; i < at.directCount(); i++) {
                of.reachableFrom(at.directType(i), at.directRelation(i));
                if (at.directRelation(i) > Symbols.NONE) {
                    reach(of, plan(at.directType(i), at.directRelation(i)), seen);
                }
            }
        } else if (rule instanceof Rule.Computed computed) {
            reach(of, computed.target(), seen);
        } else if (rule instanceof Rule.Related related) {
            for (int i = 0; i < related.tupleset().directCount(); i++) {
                RelationPlan plan = plan(related.tupleset().directType(i), related.relation());
                if (plan != null) {
                    reach(of, plan, seen);
                }
            }
        } else if (rule instanceof Rule.Union union) {
            for (Rule operand : union.operands()) {
                reach(of, at, operand, seen);
            }
        } else if (rule instanceof Rule.Intersection intersection) {
            for (Rule operand : intersection.operands()) {
                reach(of, at, operand, seen);
            }
        } else if (rule instanceof Rule.Exclusion exclusion) {
            reach(of, at, exclusion.base(), seen);
            reach(of, at, exclusion.subtract(), seen);
        }
    }

    private RelationPlan plan(int type, int relation) {
        return plans.get(symbols.name(type) + "#" + symbols.name(relation));
    }
}
