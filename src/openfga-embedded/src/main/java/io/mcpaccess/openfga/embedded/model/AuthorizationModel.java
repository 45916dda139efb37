package io.mcpaccess.openfga.embedded.model;

import io.mcpaccess.openfga.embedded.condition.ConditionDefinition;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An authorization model as its author wrote it, read and checked, independent of any store.
 *
 * @param schemaVersion {@code 1.1} or {@code 1.2}
 * @param types by name, in the order of the source
 * @param conditions by name, in the order of the source
 * @param source the model's lines in the modelling language, for messages and explanations
 */
public record AuthorizationModel(
        String schemaVersion,
        Map<String, TypeDefinition> types,
        Map<String, ConditionDefinition> conditions,
        ModelSource source) {

    public AuthorizationModel {
        Objects.requireNonNull(schemaVersion, "schemaVersion");
        Objects.requireNonNull(source, "source");
        types = Collections.unmodifiableMap(new LinkedHashMap<>(types));
        conditions = Collections.unmodifiableMap(new LinkedHashMap<>(conditions));
    }

    /**
     * Looks a relation up.
     *
     * @param type a type's name
     * @param relation a relation's name
     * @return its definition, empty when the type or the relation is not in the model
     */
    public Optional<RelationDefinition> relation(String type, String relation) {
        TypeDefinition definition = types.get(type);
        return definition == null
                ? Optional.empty()
                : Optional.ofNullable(definition.relations().get(relation));
    }
}
