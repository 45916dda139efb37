package io.mcpaccess.openfga.embedded.evaluation;

import io.mcpaccess.openfga.embedded.condition.CompiledCondition;
import io.mcpaccess.openfga.embedded.model.AuthorizationModel;
import io.mcpaccess.openfga.embedded.tuples.Symbols;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * A model compiled for one store: names are numbers, rules hold their targets, conditions are programs.
 *
 * <p>Thread-safe.
 */
public final class ModelPlan {

    private final AuthorizationModel model;
    private final Symbols symbols;
    private final RelationPlan[][] relations;
    private final Map<String, Map<String, RelationPlan>> byName = new HashMap<>();
    private final Map<String, CompiledCondition> conditions;
    private final List<ModelRemark> remarks;
    private final Set<String> brief;
    private final Map<EntryEdges.Question, EntryEdges.Edge[]> edges = new ConcurrentHashMap<>();

    ModelPlan(
            AuthorizationModel model,
            Symbols symbols,
            RelationPlan[][] relations,
            Collection<RelationPlan> plans,
            Map<String, CompiledCondition> conditions,
            List<ModelRemark> remarks) {
        this.model = model;
        this.symbols = symbols;
        this.relations = relations;
        plans.forEach(plan -> byName.computeIfAbsent(plan.typeName(), type -> new HashMap<>())
                .put(plan.definition().name(), plan));
        this.conditions = Map.copyOf(conditions);
        this.remarks = List.copyOf(remarks);
        this.brief = conditions.entrySet().stream()
                .filter(condition ->
                        Brevity.isBrief(condition.getValue().definition().expression()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Compiles a model.
     *
     * @param model a model that keeps OpenFGA's rules
     * @param symbols the names of the store
     * @return the plan
     */
    public static ModelPlan compile(AuthorizationModel model, Symbols symbols) {
        return new PlanCompiler(model, symbols).compile();
    }

    /**
     * The model.
     *
     * @return as it was read
     */
    public AuthorizationModel model() {
        return model;
    }

    /**
     * What OpenFGA's newer way to decide has no place for.
     *
     * @return the relations, in no order; empty for most models
     */
    public List<ModelRemark> remarks() {
        return remarks;
    }

    /**
     * Whether the model has a type.
     *
     * @param name the type's name
     * @return true if so
     */
    public boolean hasType(String name) {
        return model.types().containsKey(name);
    }

    /**
     * Looks a relation up by names.
     *
     * @param type the type's name
     * @param relation the relation's name
     * @return the relation, or null
     */
    public RelationPlan relation(String type, String relation) {
        Map<String, RelationPlan> ofType = byName.get(type);
        return ofType == null ? null : ofType.get(relation);
    }

    /**
     * Looks a relation up by symbols.
     *
     * @param type the type's symbol
     * @param relation the relation's symbol
     * @return the relation, or null
     */
    public RelationPlan relation(int type, int relation) {
        if (type >= relations.length || relations[type] == null || relation >= relations[type].length) {
            return null;
        }
        return relations[type][relation];
    }

    /**
     * Looks a condition up.
     *
     * @param name the condition's name
     * @return the condition, or null
     */
    public CompiledCondition condition(String name) {
        return conditions.get(name);
    }

    /** The names of all conditions, in order. */
    List<String> conditionNames() {
        return conditions.keySet().stream().sorted().toList();
    }

    /** Whether a condition takes no time worth mentioning with small values. */
    boolean isBrief(String condition) {
        return brief.contains(condition);
    }

    Symbols symbols() {
        return symbols;
    }

    /** The ways that lead from a kind of user towards a relation, worked out once. */
    EntryEdges.Edge[] edges(EntryEdges.Question question) {
        return edges.computeIfAbsent(question, asked -> new EntryEdges(this).from(asked));
    }
}
