package io.mcpaccess.openfga.embedded.model;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.openfga.embedded.condition.ConditionDefinition;
import io.mcpaccess.openfga.embedded.condition.cel.ParameterType;
import java.util.List;

/** Writes a model in OpenFGA's JSON (OpenFGA API, AuthorizationModel), in snake_case. */
final class JsonModelWriter {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonModelWriter() {}

    static ObjectNode write(AuthorizationModel model) {
        ObjectNode json = NODES.objectNode();
        json.put("schema_version", model.schemaVersion());
        ArrayNode types = json.putArray("type_definitions");
        model.types().values().forEach(type -> types.add(type(type)));
        if (!model.conditions().isEmpty()) {
            ObjectNode conditions = json.putObject("conditions");
            model.conditions().values().forEach(condition -> conditions.set(condition.name(), condition(condition)));
        }
        return json;
    }

    private static ObjectNode type(TypeDefinition type) {
        ObjectNode json = NODES.objectNode();
        json.put("type", type.name());
        ObjectNode relations = json.putObject("relations");
        if (type.relations().isEmpty()) {
            return json;
        }
        ObjectNode metadata = json.putObject("metadata").putObject("relations");
        type.relations().values().forEach(relation -> {
            relations.set(relation.name(), rewrite(relation.rewrite()));
            ArrayNode direct = metadata.putObject(relation.name()).putArray("directly_related_user_types");
            relation.directTypes().forEach(restriction -> direct.add(restriction(restriction)));
        });
        return json;
    }

    private static ObjectNode restriction(TypeRestriction restriction) {
        ObjectNode json = NODES.objectNode();
        json.put("type", restriction.type());
        restriction.relation().ifPresent(relation -> json.put("relation", relation));
        if (restriction.wildcard()) {
            json.putObject("wildcard");
        }
        restriction.condition().ifPresent(condition -> json.put("condition", condition));
        return json;
    }

    private static ObjectNode rewrite(Rewrite rewrite) {
        ObjectNode json = NODES.objectNode();
        if (rewrite instanceof Rewrite.Direct) {
            json.putObject("this");
        } else if (rewrite instanceof Rewrite.Computed computed) {
            json.putObject("computed_userset").put("relation", computed.relation());
        } else if (rewrite instanceof Rewrite.TupleToUserset from) {
            ObjectNode tupleToUserset = json.putObject("tuple_to_userset");
            tupleToUserset.putObject("tupleset").put("relation", from.tupleset());
            tupleToUserset.putObject("computed_userset").put("relation", from.relation());
        } else if (rewrite instanceof Rewrite.Union union) {
            json.putObject("union").set("child", operands(union.operands()));
        } else if (rewrite instanceof Rewrite.Intersection intersection) {
            json.putObject("intersection").set("child", operands(intersection.operands()));
        } else if (rewrite instanceof Rewrite.Exclusion exclusion) {
            ObjectNode difference = json.putObject("difference");
            difference.set("base", rewrite(exclusion.base()));
            difference.set("subtract", rewrite(exclusion.subtract()));
        }
        return json;
    }

    private static ArrayNode operands(List<Rewrite> operands) {
        ArrayNode json = NODES.arrayNode();
        operands.forEach(operand -> json.add(rewrite(operand)));
        return json;
    }

    private static ObjectNode condition(ConditionDefinition condition) {
        ObjectNode json = NODES.objectNode();
        json.put("name", condition.name());
        json.put("expression", condition.expression());
        ObjectNode parameters = json.putObject("parameters");
        condition.parameters().forEach((name, type) -> parameters.set(name, parameter(type)));
        return json;
    }

    private static ObjectNode parameter(ParameterType type) {
        ObjectNode json = NODES.objectNode();
        json.put("type_name", "TYPE_NAME_" + type.kind().name());
        type.element().ifPresent(element -> json.putArray("generic_types").add(parameter(element)));
        return json;
    }
}
