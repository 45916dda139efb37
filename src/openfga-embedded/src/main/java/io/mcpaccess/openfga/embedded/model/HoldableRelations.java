package io.mcpaccess.openfga.embedded.model;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which relations of an object a subject of a type can hold under a model, directly or through other relations, whatever
 * tuples there are. A relation outside this set needs no question: its answer is no for every subject of the type.
 *
 * <p>Immutable.
 */
public final class HoldableRelations {

    private final AuthorizationModel model;

    /**
     * @param model a model that keeps OpenFGA's rules
     */
    public HoldableRelations(AuthorizationModel model) {
        this.model = Objects.requireNonNull(model, "model");
    }

    /**
     * Asks for the relations of one type.
     *
     * @param subjectType the type of the subject
     * @param objectType the type of the object
     * @return names; empty for a type that the model has not
     */
    public List<String> of(String subjectType, String objectType) {
        TypeDefinition type = model.types().get(objectType);
        if (type == null) {
            return List.of();
        }
        Set<Relation> held = heldBy(subjectType);
        return type.relations().keySet().stream()
                .filter(relation -> held.contains(new Relation(objectType, relation)))
                .toList();
    }

    /** The least set that the rules of the model close: every round adds what the round before made possible. */
    private Set<Relation> heldBy(String subjectType) {
        Set<Relation> held = new HashSet<>();
        Set<Relation> added;
        do {
            added = model.types().values().stream()
                    .flatMap(type -> type.relations().values().stream()
                            .filter(relation -> !held.contains(new Relation(type.name(), relation.name())))
                            .filter(relation ->
                                    new Round(subjectType, type.name(), relation, held).canHold(relation.rewrite()))
                            .map(relation -> new Relation(type.name(), relation.name())))
                    .collect(Collectors.toSet());
        } while (held.addAll(added));
        return held;
    }

    private record Relation(String type, String name) {}

    /** One relation, judged by what is known so far. */
    private final class Round {
        private final String subjectType;
        private final String type;
        private final RelationDefinition relation;
        private final Set<Relation> held;

        Round(String subjectType, String type, RelationDefinition relation, Set<Relation> held) {
            this.subjectType = subjectType;
            this.type = type;
            this.relation = relation;
            this.held = held;
        }

        boolean canHold(Rewrite rewrite) {
            if (rewrite instanceof Rewrite.Direct) {
                return relation.directTypes().stream().anyMatch(this::admits);
            }
            if (rewrite instanceof Rewrite.Computed computed) {
                return held.contains(new Relation(type, computed.relation()));
            }
            if (rewrite instanceof Rewrite.TupleToUserset from) {
                return related(from);
            }
            if (rewrite instanceof Rewrite.Union union) {
                return union.operands().stream().anyMatch(this::canHold);
            }
            if (rewrite instanceof Rewrite.Intersection intersection) {
                return intersection.operands().stream().allMatch(this::canHold);
            }
            return canHold(((Rewrite.Exclusion) rewrite).base());
        }

        private boolean admits(TypeRestriction restriction) {
            return restriction
                    .relation()
                    .map(name -> held.contains(new Relation(restriction.type(), name)))
                    .orElse(restriction.type().equals(subjectType));
        }

        private boolean related(Rewrite.TupleToUserset from) {
            return model.relation(type, from.tupleset()).stream()
                    .flatMap(tupleset -> tupleset.directTypes().stream())
                    .anyMatch(parent -> held.contains(new Relation(parent.type(), from.relation())));
        }
    }
}
