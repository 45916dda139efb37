package io.mcpaccess.openfga.embedded.model;

import java.util.List;
import java.util.Objects;

/** The rule of a relation (OpenFGA: userset rewrite). */
public sealed interface Rewrite {

    /** The users that tuples name directly. */
    record Direct() implements Rewrite {}

    /**
     * The users of another relation of the same object.
     *
     * @param relation that relation
     */
    record Computed(String relation) implements Rewrite {
        public Computed {
            Objects.requireNonNull(relation, "relation");
        }
    }

    /**
     * The users of a relation of related objects: {@code relation from tupleset}.
     *
     * @param tupleset the relation that leads to the related objects
     * @param relation the relation of those objects
     */
    record TupleToUserset(String tupleset, String relation) implements Rewrite {
        public TupleToUserset {
            Objects.requireNonNull(tupleset, "tupleset");
            Objects.requireNonNull(relation, "relation");
        }
    }

    /**
     * The users of any operand.
     *
     * @param operands the operands
     */
    record Union(List<Rewrite> operands) implements Rewrite {
        public Union {
            operands = List.copyOf(operands);
        }
    }

    /**
     * The users of all operands.
     *
     * @param operands the operands
     */
    record Intersection(List<Rewrite> operands) implements Rewrite {
        public Intersection {
            operands = List.copyOf(operands);
        }
    }

    /**
     * The users of the base who are not users of the subtracted rule.
     *
     * @param base who
     * @param subtract but not who
     */
    record Exclusion(Rewrite base, Rewrite subtract) implements Rewrite {
        public Exclusion {
            Objects.requireNonNull(base, "base");
            Objects.requireNonNull(subtract, "subtract");
        }
    }

    /**
     * Whether tuples of the relation itself count.
     *
     * @return true when {@link Direct} is the rule or an operand at any depth
     */
    default boolean holdsDirect() {
        if (this instanceof Union union) {
            return union.operands().stream().anyMatch(Rewrite::holdsDirect);
        }
        if (this instanceof Intersection intersection) {
            return intersection.operands().stream().anyMatch(Rewrite::holdsDirect);
        }
        if (this instanceof Exclusion exclusion) {
            return exclusion.base().holdsDirect() || exclusion.subtract().holdsDirect();
        }
        return this instanceof Direct;
    }
}
