package io.mcpaccess.amctl.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpaccess.openfga.embedded.model.AuthorizationModel;
import io.mcpaccess.openfga.embedded.model.RelationDefinition;
import io.mcpaccess.openfga.embedded.model.Rewrite;
import java.util.HashSet;
import java.util.Set;

/**
 * The relations that a {@code but not} of a model takes away, directly or through other relations. A tuple of such a relation may shut
 * somebody out, so that its removal lets him in; of every other tuple the removal can only take something away.
 */
final class SubtractedRelations {

    private final AuthorizationModel model;
    private final Set<Relation> walked = new HashSet<>();
    private final Set<Relation> found = new HashSet<>();

    /**
     * Looks through a model.
     *
     * @param model a model that keeps OpenFGA's rules
     */
    SubtractedRelations(AuthorizationModel model) {
        this.model = model;
        model.types()
                .values()
                .forEach(type -> type.relations()
                        .values()
                        .forEach(relation -> search(type.name(), relation, relation.rewrite())));
    }

    /**
     * Whether a tuple may shut somebody out.
     *
     * @param tuple as AM has it
     * @return true where a {@code but not} leads to its relation, whatever other rules lead there
     */
    boolean holds(JsonNode tuple) {
        String object = tuple.path("object").asText();
        return found.contains(new Relation(
                object.substring(0, Math.max(0, object.indexOf(':'))),
                tuple.path("relation").asText()));
    }

    private void search(String type, RelationDefinition relation, Rewrite rewrite) {
        if (rewrite instanceof Rewrite.Union union) {
            union.operands().forEach(operand -> search(type, relation, operand));
        } else if (rewrite instanceof Rewrite.Intersection intersection) {
            intersection.operands().forEach(operand -> search(type, relation, operand));
        } else if (rewrite instanceof Rewrite.Exclusion exclusion) {
            search(type, relation, exclusion.base());
            walk(type, relation, exclusion.subtract());
        }
    }

    private void walk(String type, String name) {
        if (walked.add(new Relation(type, name))) {
            model.relation(type, name).ifPresent(relation -> walk(type, relation, relation.rewrite()));
        }
    }

    private void walk(String type, RelationDefinition relation, Rewrite rewrite) {
        if (rewrite instanceof Rewrite.Direct) {
            found.add(new Relation(type, relation.name()));
            relation.directTypes().forEach(user -> user.relation().ifPresent(userset -> walk(user.type(), userset)));
        } else if (rewrite instanceof Rewrite.Computed computed) {
            walk(type, computed.relation());
        } else if (rewrite instanceof Rewrite.TupleToUserset from) {
            walk(type, from.tupleset());
            model.relation(type, from.tupleset())
                    .ifPresent(
                            tupleset -> tupleset.directTypes().forEach(parent -> walk(parent.type(), from.relation())));
        } else if (rewrite instanceof Rewrite.Union union) {
            union.operands().forEach(operand -> walk(type, relation, operand));
        } else if (rewrite instanceof Rewrite.Intersection intersection) {
            intersection.operands().forEach(operand -> walk(type, relation, operand));
        } else if (rewrite instanceof Rewrite.Exclusion exclusion) {
            walk(type, relation, exclusion.base());
            walk(type, relation, exclusion.subtract());
        }
    }

    private record Relation(String type, String name) {}
}
