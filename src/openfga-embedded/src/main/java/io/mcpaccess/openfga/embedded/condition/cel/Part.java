package io.mcpaccess.openfga.embedded.condition.cel;

/** A part of a compiled expression. Immutable once compiled, for any number of threads. */
interface Part {

    /** The number by which costs know the part. */
    long id();

    /** The value, or a Failure; the cost is counted. */
    Object evaluate(LoopScope scope);
}
