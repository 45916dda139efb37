package io.mcpaccess.openfga.embedded.model;

import io.mcpaccess.openfga.embedded.problem.InvalidModelException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether anybody can ever have a relation: whether some path of its rule ends at a type that tuples can name (OpenFGA
 * refuses a model with a relation of which this is not so).
 *
 * <p>What was visited is copied for each step, but the relations of one type are shared by all copies. That makes
 * OpenFGA refuse a few models whose relations do have an entry point; a model is refused here if it is there.
 */
final class EntryPoints {

    private final AuthorizationModel model;

    EntryPoints(AuthorizationModel model) {
        this.model = model;
    }

    Found of(String type, RelationDefinition relation) {
        return of(type, relation, relation.rewrite(), new HashMap<>());
    }

    private Found of(
            String type, RelationDefinition relation, Rewrite rewrite, Map<String, Map<String, Boolean>> seen) {
        Map<String, Map<String, Boolean>> visited = new HashMap<>(seen);
        visited.computeIfAbsent(type, name -> new HashMap<>()).put(relation.name(), false);
        if (rewrite instanceof Rewrite.Direct) {
            return direct(type, relation, visited);
        }
        if (rewrite instanceof Rewrite.Computed computed) {
            Boolean known = known(visited, type, computed.relation());
            if (known != null) {
                return new Found(known, true);
            }
            return follow(type, computed.relation(), visited);
        }
        if (rewrite instanceof Rewrite.TupleToUserset from) {
            return related(type, from, visited);
        }
        if (rewrite instanceof Rewrite.Union union) {
            boolean loop = false;
            for (Rewrite operand : union.operands()) {
                Found found = of(type, relation, operand, seen);
                if (found.any()) {
                    return Found.YES;
                }
                loop |= found.loop();
            }
            return new Found(false, loop);
        }
        if (rewrite instanceof Rewrite.Intersection intersection) {
            return all(type, relation, intersection.operands(), seen);
        }
        Rewrite.Exclusion exclusion = (Rewrite.Exclusion) rewrite;
        return all(type, relation, List.of(exclusion.base(), exclusion.subtract()), seen);
    }

    private Found all(
            String type, RelationDefinition relation, List<Rewrite> operands, Map<String, Map<String, Boolean>> seen) {
        for (Rewrite operand : operands) {
            Found found = of(type, relation, operand, seen);
            if (!found.any()) {
                return found;
            }
        }
        return Found.YES;
    }

    private Found direct(String type, RelationDefinition relation, Map<String, Map<String, Boolean>> visited) {
        for (TypeRestriction restriction : relation.directTypes()) {
            if (restriction.relation().isEmpty()) {
                visited.get(type).put(relation.name(), true);
                return Found.YES;
            }
            String target = restriction.relation().get();
            if (known(visited, restriction.type(), target) == null
                    && follow(restriction.type(), target, visited).any()) {
                return Found.YES;
            }
        }
        return Found.NO;
    }

    private Found related(String type, Rewrite.TupleToUserset from, Map<String, Map<String, Boolean>> visited) {
        RelationDefinition tupleset = require(type, from.tupleset());
        for (TypeRestriction restriction : tupleset.directTypes()) {
            if (model.relation(restriction.type(), from.relation()).isEmpty()) {
                continue;
            }
            Boolean known = known(visited, restriction.type(), from.relation());
            boolean any = known == null
                    ? follow(restriction.type(), from.relation(), visited).any()
                    : known;
            if (any) {
                return Found.YES;
            }
        }
        return Found.NO;
    }

    private Found follow(String type, String relation, Map<String, Map<String, Boolean>> visited) {
        RelationDefinition target = require(type, relation);
        return of(type, target, target.rewrite(), visited);
    }

    private static Boolean known(Map<String, Map<String, Boolean>> visited, String type, String relation) {
        return visited.getOrDefault(type, Map.of()).get(relation);
    }

    private RelationDefinition require(String type, String relation) {
        return model.relation(type, relation)
                .orElseThrow(() ->
                        new InvalidModelException("undefined type definition for '" + type + "#" + relation + "'"));
    }

    /** What a search found. */
    record Found(boolean any, boolean loop) {
        static final Found YES = new Found(true, false);
        static final Found NO = new Found(false, false);
    }
}
