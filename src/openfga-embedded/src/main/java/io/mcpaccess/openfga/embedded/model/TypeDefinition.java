package io.mcpaccess.openfga.embedded.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A type of an authorization model.
 *
 * @param name the type's name
 * @param relations by name, in the order of the source
 */
public record TypeDefinition(String name, Map<String, RelationDefinition> relations) {

    public TypeDefinition {
        Objects.requireNonNull(name, "name");
        relations = Collections.unmodifiableMap(new LinkedHashMap<>(relations));
    }
}
