package io.mcpaccess.openfga.embedded.evaluation;

/** A relation's rule with its names resolved. */
public sealed interface Rule {

    /** Tuples of the relation itself. */
    record Direct() implements Rule {}

    /**
     * Another relation of the same object.
     *
     * @param target that relation
     */
    record Computed(RelationPlan target) implements Rule {}

    /**
     * A relation of related objects.
     *
     * @param tupleset the relation that leads to them
     * @param relation the symbol of the relation that they must have
     */
    record Related(RelationPlan tupleset, int relation) implements Rule {}

    /**
     * Any operand.
     *
     * @param operands at least two
     */
    record Union(Rule[] operands) implements Rule {}

    /**
     * All operands.
     *
     * @param operands at least two
     */
    record Intersection(Rule[] operands) implements Rule {}

    /**
     * The base, but not the subtracted rule.
     *
     * @param base who
     * @param subtract but not who
     */
    record Exclusion(Rule base, Rule subtract) implements Rule {}
}
