package io.mcpaccess.openfga.embedded.condition.cel;

/** What names a value: a parameter, a loop's variable or the result of a part, with what is selected from it. */
interface Attribute {

    long id();

    /** While compiling: selects further from what is named. */
    void add(Qualifier qualifier);

    /** The value or a Failure, without the attribute's own cost. */
    Object resolve(LoopScope scope);

    /** Counts an evaluation of the attribute. */
    void count(Cost cost);
}
