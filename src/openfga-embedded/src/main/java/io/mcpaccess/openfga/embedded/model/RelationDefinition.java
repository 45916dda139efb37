package io.mcpaccess.openfga.embedded.model;

import java.util.List;
import java.util.Objects;

/**
 * A relation of a type.
 *
 * @param name the relation's name
 * @param rewrite the rule by which users come to have it
 * @param directTypes which users a tuple may name directly; empty unless the rule holds {@link Rewrite.Direct}
 */
public record RelationDefinition(String name, Rewrite rewrite, List<TypeRestriction> directTypes) {

    public RelationDefinition {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(rewrite, "rewrite");
        directTypes = List.copyOf(directTypes);
    }
}
