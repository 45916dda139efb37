package io.mcpaccess.openfga.embedded.model;

import java.util.Objects;
import java.util.Optional;

/**
 * Which users a tuple may name directly, such as {@code user}, {@code user:*}, {@code group#member}, each perhaps
 * {@code with} a condition.
 *
 * @param type the type of the user
 * @param relation the relation of a userset
 * @param wildcard whether it is the typed wildcard
 * @param condition the condition that the tuple must carry
 */
public record TypeRestriction(String type, Optional<String> relation, boolean wildcard, Optional<String> condition) {

    public TypeRestriction {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(relation, "relation");
        Objects.requireNonNull(condition, "condition");
    }

    /** As it stands in the modelling language. */
    @Override
    public String toString() {
        return type
                + relation.map(name -> "#" + name).orElse("")
                + (wildcard ? ":*" : "")
                + condition.map(name -> " with " + name).orElse("");
    }
}
