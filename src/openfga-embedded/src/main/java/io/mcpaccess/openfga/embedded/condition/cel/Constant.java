package io.mcpaccess.openfga.embedded.condition.cel;

/**
 * A value that is known when the model is written. It costs nothing.
 *
 * @param id the part's number
 * @param value the value
 */
record Constant(long id, Object value) implements Part {

    @Override
    public Object evaluate(LoopScope scope) {
        return scope.cost().push(id, value);
    }
}
