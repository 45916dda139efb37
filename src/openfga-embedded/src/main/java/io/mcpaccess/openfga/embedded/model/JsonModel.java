package io.mcpaccess.openfga.embedded.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.mcpaccess.openfga.embedded.condition.ConditionDefinition;
import io.mcpaccess.openfga.embedded.condition.cel.ParameterType;
import io.mcpaccess.openfga.embedded.problem.InvalidModelException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads a model's JSON tree (OpenFGA API, AuthorizationModel), in snake_case or camelCase. */
final class JsonModel {

    static final int MAX_NESTING = 64;

    private JsonModel() {}

    static AuthorizationModel read(JsonNode tree, ModelSource source) {
        if (tree == null || !tree.isObject()) {
            throw new InvalidModelException("a model is a JSON object with schema_version and type_definitions");
        }
        String version = text(member(tree, "schema_version", "schemaVersion"));
        Map<String, TypeDefinition> types = new LinkedHashMap<>();
        for (JsonNode definition : member(tree, "type_definitions", "typeDefinitions")) {
            TypeDefinition type = type(definition);
            if (types.put(type.name(), type) != null) {
                throw new InvalidModelException("an authorization model cannot contain duplicate types, and type '"
                        + type.name() + "' is there twice");
            }
        }
        Map<String, ConditionDefinition> conditions = new LinkedHashMap<>();
        tree.path("conditions")
                .fields()
                .forEachRemaining(entry -> conditions.put(entry.getKey(), condition(entry.getKey(), entry.getValue())));
        return new AuthorizationModel(version.isEmpty() ? "1.1" : version, types, conditions, source);
    }

    private static TypeDefinition type(JsonNode definition) {
        String name = text(definition.path("type"));
        Map<String, RelationDefinition> relations = new LinkedHashMap<>();
        JsonNode metadata = definition.path("metadata").path("relations");
        definition.path("relations").fields().forEachRemaining(entry -> {
            String relation = entry.getKey();
            List<TypeRestriction> direct = new ArrayList<>();
            JsonNode restrictions =
                    member(metadata.path(relation), "directly_related_user_types", "directlyRelatedUserTypes");
            restrictions.forEach(restriction -> direct.add(restriction(restriction)));
            Rewrite rewrite = rewrite(name + "#" + relation, entry.getValue(), 0);
            relations.put(relation, new RelationDefinition(relation, rewrite, direct));
        });
        return new TypeDefinition(name, relations);
    }

    private static TypeRestriction restriction(JsonNode node) {
        return new TypeRestriction(
                text(node.path("type")),
                optional(node.path("relation")),
                node.path("wildcard").isObject(),
                optional(node.path("condition")));
    }

    private static Rewrite rewrite(String where, JsonNode node, int nesting) {
        if (nesting > MAX_NESTING) {
            throw new InvalidModelException("the rule of '" + where + "' is nested more than " + MAX_NESTING + " deep");
        }
        if (node.path("this").isObject()) {
            return new Rewrite.Direct();
        }
        JsonNode computed = member(node, "computed_userset", "computedUserset");
        if (computed.isObject()) {
            return new Rewrite.Computed(text(computed.path("relation")));
        }
        JsonNode from = member(node, "tuple_to_userset", "tupleToUserset");
        if (from.isObject()) {
            return new Rewrite.TupleToUserset(
                    text(from.path("tupleset").path("relation")),
                    text(member(from, "computed_userset", "computedUserset").path("relation")));
        }
        if (node.path("union").isObject()) {
            return new Rewrite.Union(operands(where, "union", node.path("union"), nesting));
        }
        if (node.path("intersection").isObject()) {
            return new Rewrite.Intersection(operands(where, "intersection", node.path("intersection"), nesting));
        }
        if (node.path("difference").isObject()) {
            return new Rewrite.Exclusion(
                    rewrite(where, node.path("difference").path("base"), nesting + 1),
                    rewrite(where, node.path("difference").path("subtract"), nesting + 1));
        }
        throw new InvalidModelException("the definition of relation '" + where
                + "' is invalid: expected one of this, computed_userset, tuple_to_userset, union, intersection,"
                + " difference");
    }

    private static List<Rewrite> operands(String where, String operator, JsonNode node, int nesting) {
        List<Rewrite> operands = new ArrayList<>();
        node.path("child").forEach(child -> operands.add(rewrite(where, child, nesting + 1)));
        if (operands.size() < 2) {
            throw new InvalidModelException(
                    "the definition of relation '" + where + "' is invalid: " + operator + " has less than 2 children");
        }
        return operands;
    }

    private static ConditionDefinition condition(String key, JsonNode node) {
        String name = text(node.path("name"));
        if (!name.isEmpty() && !name.equals(key)) {
            throw new InvalidModelException("condition key '" + key + "' does not match condition name '" + name + "'");
        }
        Map<String, ParameterType> parameters = new LinkedHashMap<>();
        node.path("parameters")
                .fields()
                .forEachRemaining(
                        entry -> parameters.put(entry.getKey(), parameter(key, entry.getKey(), entry.getValue())));
        return new ConditionDefinition(key, text(node.path("expression")), parameters);
    }

    private static ParameterType parameter(String condition, String name, JsonNode node) {
        String typeName = text(member(node, "type_name", "typeName"));
        JsonNode generics = member(node, "generic_types", "genericTypes");
        ParameterType.Kind kind;
        try {
            kind = ParameterType.Kind.valueOf(
                    typeName.replaceFirst("^TYPE_NAME_", "").toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new InvalidModelException("parameter '" + name + "' of condition '" + condition
                    + "' has the unknown type '" + typeName + "'");
        }
        if (kind.isGeneric() != (generics.size() == 1)) {
            throw new InvalidModelException("parameter '" + name + "' of condition '" + condition + "': "
                    + kind.text() + (kind.isGeneric() ? " takes exactly one type" : " takes no type")
                    + " in angle brackets");
        }
        return new ParameterType(
                kind, kind.isGeneric() ? Optional.of(parameter(condition, name, generics.get(0))) : Optional.empty());
    }

    private static JsonNode member(JsonNode node, String snakeCase, String camelCase) {
        JsonNode value = node.has(snakeCase) ? node.get(snakeCase) : node.path(camelCase);
        return value.isNull() ? MissingNode.getInstance() : value;
    }

    private static String text(JsonNode node) {
        return node.isTextual() ? node.asText() : "";
    }

    private static Optional<String> optional(JsonNode node) {
        return Optional.of(text(node)).filter(value -> !value.isEmpty());
    }
}
