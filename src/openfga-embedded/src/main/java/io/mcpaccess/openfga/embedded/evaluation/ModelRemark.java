package io.mcpaccess.openfga.embedded.evaluation;

import java.util.Objects;

/**
 * A relation that has no place in the graph by which OpenFGA decides from 1.18 on (its weighted graph). A server then falls back
 * to the older way for the whole model, which is announced to go; here the model keeps its meaning.
 *
 * @param type the type
 * @param relation its relation
 * @param kind what stands against it
 * @param other what it is about, such as the parent's type; empty where the relation itself says it
 */
public record ModelRemark(String type, String relation, Kind kind, String other) {

    /** What stands against a relation. */
    public enum Kind {
        /** {@code R from P}, where a type that P names has no relation R. */
        PARENT_WITHOUT_RELATION,
        /** {@code and} or {@code but not} in a circle of relations. */
        OPERATOR_IN_CIRCLE,
        /** {@code and} of relations that no type of user can both have: nobody ever has it. */
        NOTHING_IN_COMMON,
        /** {@code R from P but not R from P}: nobody ever has it. */
        NOTHING_LEFT
    }

    public ModelRemark {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(relation, "relation");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(other, "other");
    }

    /** As a sentence for a person, with what to do. */
    @Override
    public String toString() {
        String what = type + "#" + relation + ": ";
        return what
                + switch (kind) {
                    case PARENT_WITHOUT_RELATION ->
                        "it follows \"" + other
                                + "\", which that type does not have. Give the type the relation, or keep it out of"
                                + " the types of the parent";
                    case OPERATOR_IN_CIRCLE ->
                        "\"and\" or \"but not\" stands in a circle of relations, which comes back to "
                                + type + "#" + relation
                                + ". Take it out of the circle: a relation of its own for the circle,"
                                + " and one above it for the operator";
                    case NOTHING_IN_COMMON ->
                        "no type of user can have all that \"and\" asks for, so nobody ever has it. Look at the types that"
                                + " each part takes";
                    case NOTHING_LEFT -> "\"but not\" takes away just what stands before it, so nobody ever has it";
                }
                + ". OpenFGA's newer way to decide (1.18 and newer) has no place for it.";
    }
}
