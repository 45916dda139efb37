package io.mcpaccess.openfga.embedded.condition.cel;

/**
 * {@code &&} or {@code ||}. Either side decides alone, also where the other has failed.
 *
 * @param id the part's number
 * @param terms both sides
 * @param deciding what decides: false for and, true for or
 */
record Logic(long id, Part[] terms, boolean deciding) implements Part {

    @Override
    public Object evaluate(LoopScope scope) {
        Object result = compute(scope);
        for (Part term : terms) {
            scope.cost().drop(term.id());
        }
        return scope.cost().push(id, result);
    }

    private Object compute(LoopScope scope) {
        Object failure = null;
        for (Part term : terms) {
            Object value = term.evaluate(scope);
            if (value instanceof Boolean known) {
                if (known == deciding) {
                    return deciding;
                }
            } else if (failure == null) {
                failure = value instanceof Failure ? value : Failure.NO_OVERLOAD;
            }
        }
        return failure == null ? (Object) !deciding : failure;
    }
}
