package io.mcpaccess.engine.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * Brings an authorization model into the one spelling of OpenFGA's HTTP API. Its tools differ: some write
 * {@code typeDefinitions}, some {@code type_definitions}. Only members of OpenFGA's own are renamed, never the names of
 * types, relations, conditions and parameters, which are members of maps here.
 */
final class ModelSpelling {

    private static final Map<String, String> MODEL =
            Map.of("schemaVersion", "schema_version", "typeDefinitions", "type_definitions");
    private static final Map<String, String> METADATA =
            Map.of("directlyRelatedUserTypes", "directly_related_user_types", "sourceInfo", "source_info");
    private static final Map<String, String> PARAMETER =
            Map.of("typeName", "type_name", "genericTypes", "generic_types");
    private static final Map<String, String> USERSET =
            Map.of("computed_userset", "computedUserset", "tuple_to_userset", "tupleToUserset");

    private ModelSpelling() {}

    /** Renames in place what is spelt otherwise, and takes a model's id off: the store gives it a new one. */
    static ObjectNode normalised(ObjectNode model) {
        rename(model, MODEL);
        model.remove("id");
        model.path("type_definitions").forEach(ModelSpelling::type);
        model.path("conditions").forEach(condition -> {
            condition.path("parameters").forEach(ModelSpelling::parameter);
            rename(condition.path("metadata"), METADATA);
        });
        return model;
    }

    private static void type(JsonNode type) {
        type.path("relations").forEach(ModelSpelling::userset);
        JsonNode metadata = type.path("metadata");
        rename(metadata, METADATA);
        metadata.path("relations").forEach(relation -> rename(relation, METADATA));
    }

    private static void userset(JsonNode userset) {
        rename(userset, USERSET);
        rename(userset.path("tupleToUserset"), USERSET);
        for (String several : List.of("union", "intersection")) {
            userset.path(several).path("child").forEach(ModelSpelling::userset);
        }
        userset.path("difference").forEach(ModelSpelling::userset);
    }

    private static void parameter(JsonNode parameter) {
        rename(parameter, PARAMETER);
        parameter.path("generic_types").forEach(ModelSpelling::parameter);
    }

    private static void rename(JsonNode node, Map<String, String> names) {
        if (node instanceof ObjectNode object) {
            names.forEach((from, to) -> {
                JsonNode value = object.remove(from);
                if (value != null && !object.has(to)) {
                    object.set(to, value);
                }
            });
        }
    }
}
