package io.mcpaccess.openfga.embedded.model;

import io.mcpaccess.openfga.embedded.condition.ConditionDefinition;
import io.mcpaccess.openfga.embedded.problem.InvalidModelException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The rules that OpenFGA applies to a model before it is stored (OpenFGA, WriteAuthorizationModel). */
final class ModelRules {

    private static final Pattern TYPE_NAME = Pattern.compile("[^:#@\\s]{1,254}");
    private static final Pattern OTHER_NAME = Pattern.compile("[^:#@\\s]{1,50}");
    private static final int MOST_CONDITIONS = 25;
    private static final int MOST_PARAMETERS = 25;
    private static final int MOST_EXPRESSION_BYTES = 512;
    private static final Set<String> RESERVED = Set.of("self", "this");

    private final AuthorizationModel model;

    private ModelRules(AuthorizationModel model) {
        this.model = model;
    }

    static void check(AuthorizationModel model) {
        if (!model.schemaVersion().equals("1.1") && !model.schemaVersion().equals("1.2")) {
            throw new InvalidModelException("invalid schema version '" + model.schemaVersion() + "': 1.1 or 1.2");
        }
        if (model.types().isEmpty()) {
            throw new InvalidModelException("a model needs at least one type");
        }
        new ModelRules(model).check();
    }

    private void check() {
        model.types().values().forEach(this::names);
        if (model.conditions().size() > MOST_CONDITIONS) {
            throw new InvalidModelException("the model has "
                    + model.conditions().size() + " conditions; at most " + MOST_CONDITIONS + " are allowed");
        }
        model.conditions().values().forEach(this::check);
        new TreeMap<>(model.types())
                .values()
                .forEach(type ->
                        new TreeMap<>(type.relations()).values().forEach(relation -> check(type.name(), relation)));
    }

    private void names(TypeDefinition type) {
        if (!TYPE_NAME.matcher(type.name()).matches() || RESERVED.contains(type.name())) {
            throw new InvalidModelException("the definition of type '" + type.name() + "' is invalid: "
                    + (RESERVED.contains(type.name())
                            ? "self and this are reserved keywords"
                            : "a type name has 1 to 254 characters, none of them ':', '#', '@' or a space"));
        }
        type.relations().keySet().forEach(relation -> {
            if (!OTHER_NAME.matcher(relation).matches() || RESERVED.contains(relation)) {
                throw invalid(
                        type.name(),
                        relation,
                        RESERVED.contains(relation)
                                ? "self and this are reserved keywords"
                                : "a relation name has 1 to 50 characters, none of them ':', '#', '@' or a space");
            }
        });
    }

    /** The limits are those of OpenFGA's API. */
    private void check(ConditionDefinition condition) {
        if (!OTHER_NAME.matcher(condition.name()).matches()) {
            throw new InvalidModelException("condition name '" + condition.name()
                    + "' is invalid: it has 1 to 50 characters, none of them ':', '#', '@' or a space");
        }
        int bytes = condition.expression().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MOST_EXPRESSION_BYTES) {
            throw new InvalidModelException("the expression of condition '" + condition.name() + "' has " + bytes
                    + " bytes; at most " + MOST_EXPRESSION_BYTES + " are allowed");
        }
        if (condition.parameters().size() > MOST_PARAMETERS) {
            throw new InvalidModelException("condition '" + condition.name() + "' has "
                    + condition.parameters().size() + " parameters; at most " + MOST_PARAMETERS + " are allowed");
        }
    }

    private void check(String type, RelationDefinition relation) {
        checkRewrite(type, relation.name(), relation.rewrite());
        checkRestrictions(type, relation);
        EntryPoints.Found found = new EntryPoints(model).of(type, relation);
        if (!found.any()) {
            throw invalid(type, relation.name(), found.loop() ? "potential loop" : "no entrypoints defined");
        }
        if (isCyclic(type, relation.name(), relation.rewrite(), new HashSet<>())) {
            throw invalid(type, relation.name(), "an authorization model cannot contain a cycle");
        }
    }

    private void checkRewrite(String type, String relation, Rewrite rewrite) {
        if (rewrite instanceof Rewrite.Computed computed) {
            if (computed.relation().equals(relation)) {
                throw invalid(type, relation, "invalid userset rewrite definition: it refers to itself");
            }
            require(type, computed.relation());
        } else if (rewrite instanceof Rewrite.TupleToUserset from) {
            checkTupleset(type, from);
        } else if (rewrite instanceof Rewrite.Union union) {
            union.operands().forEach(operand -> checkRewrite(type, relation, operand));
        } else if (rewrite instanceof Rewrite.Intersection intersection) {
            intersection.operands().forEach(operand -> checkRewrite(type, relation, operand));
        } else if (rewrite instanceof Rewrite.Exclusion exclusion) {
            checkRewrite(type, relation, exclusion.base());
            checkRewrite(type, relation, exclusion.subtract());
        }
    }

    private void checkTupleset(String type, Rewrite.TupleToUserset from) {
        RelationDefinition tupleset = require(type, from.tupleset());
        if (!(tupleset.rewrite() instanceof Rewrite.Direct)) {
            throw new InvalidModelException("the '" + type + "#" + from.tupleset()
                    + "' relation is referenced in at least one tupleset and thus must be a direct relation");
        }
        boolean somewhere = tupleset.directTypes().stream()
                .anyMatch(restriction ->
                        model.relation(restriction.type(), from.relation()).isPresent());
        if (!somewhere) {
            throw new InvalidModelException("undefined relation: " + from.relation()
                    + " does not appear as a relation in any of the directly related user types "
                    + tupleset.directTypes() + " of '" + type + "#" + from.tupleset() + "'");
        }
    }

    private RelationDefinition require(String type, String relation) {
        return model.relation(type, relation)
                .orElseThrow(() -> new InvalidModelException("'" + type + "#" + relation + "' relation is undefined"));
    }

    private void checkRestrictions(String type, RelationDefinition relation) {
        boolean assignable = relation.rewrite().holdsDirect();
        if (assignable && relation.directTypes().isEmpty()) {
            throw new InvalidModelException("the assignable relation '" + relation.name() + "' in object type '" + type
                    + "' must contain at least one relation type");
        }
        if (!assignable && !relation.directTypes().isEmpty()) {
            throw new InvalidModelException("the non-assignable relation '" + relation.name() + "' in object type '"
                    + type + "' should not contain a relation type");
        }
        relation.directTypes().forEach(restriction -> checkRestriction(type, relation.name(), restriction));
    }

    private void checkRestriction(String type, String relation, TypeRestriction restriction) {
        boolean known = model.types().containsKey(restriction.type())
                && restriction
                        .relation()
                        .map(name -> model.relation(restriction.type(), name).isPresent())
                        .orElse(true);
        boolean plain = restriction.relation().isEmpty() && !restriction.wildcard();
        if (!known || (!plain && isTupleset(type, relation))) {
            throw new InvalidModelException("the relation type '" + restriction + "' on '" + relation
                    + "' in object type '" + type + "' is not valid");
        }
        restriction
                .condition()
                .filter(name -> !model.conditions().containsKey(name))
                .ifPresent(name -> {
                    throw new InvalidModelException("condition " + name + " is undefined for relation " + relation);
                });
    }

    private boolean isTupleset(String type, String relation) {
        return model.types().get(type).relations().values().stream()
                .anyMatch(other -> Tuplesets.in(other.rewrite()).contains(relation));
    }

    private boolean isCyclic(String type, String relation, Rewrite rewrite, Set<String> visited) {
        visited.add(relation);
        Set<String> path = new HashSet<>(visited);
        if (rewrite instanceof Rewrite.Computed computed) {
            return visited.contains(computed.relation())
                    || isCyclic(
                            type,
                            computed.relation(),
                            require(type, computed.relation()).rewrite(),
                            path);
        }
        List<Rewrite> operands = rewrite instanceof Rewrite.Union union
                ? union.operands()
                : rewrite instanceof Rewrite.Intersection intersection
                        ? intersection.operands()
                        : rewrite instanceof Rewrite.Exclusion exclusion
                                ? List.of(exclusion.base(), exclusion.subtract())
                                : List.of();
        return operands.stream().anyMatch(operand -> isCyclic(type, relation, operand, path));
    }

    private static InvalidModelException invalid(String type, String relation, String cause) {
        return new InvalidModelException(
                "the definition of relation '" + relation + "' in object type '" + type + "' is invalid: " + cause);
    }

    /** The relations that a rule follows to other objects. */
    static final class Tuplesets {
        private Tuplesets() {}

        static Set<String> in(Rewrite rewrite) {
            Set<String> found = new HashSet<>();
            collect(rewrite, found);
            return found;
        }

        private static void collect(Rewrite rewrite, Set<String> found) {
            if (rewrite instanceof Rewrite.TupleToUserset from) {
                found.add(from.tupleset());
            } else if (rewrite instanceof Rewrite.Union union) {
                union.operands().forEach(operand -> collect(operand, found));
            } else if (rewrite instanceof Rewrite.Intersection intersection) {
                intersection.operands().forEach(operand -> collect(operand, found));
            } else if (rewrite instanceof Rewrite.Exclusion exclusion) {
                collect(exclusion.base(), found);
                collect(exclusion.subtract(), found);
            }
        }
    }
}
