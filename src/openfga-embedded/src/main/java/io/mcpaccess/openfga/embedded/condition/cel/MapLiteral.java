package io.mcpaccess.openfga.embedded.condition.cel;

/**
 * A map that the expression makes.
 *
 * @param id the part's number
 * @param parts keys and values in turn
 */
record MapLiteral(long id, Part[] parts) implements Part {

    private static final long COST = 30;

    @Override
    public Object evaluate(LoopScope scope) {
        Object result = compute(scope);
        scope.cost().dropAll(parts);
        scope.cost().add(COST);
        return scope.cost().push(id, result);
    }

    private Object compute(LoopScope scope) {
        Object[] keys = new Object[parts.length / 2];
        Object[] values = new Object[keys.length];
        for (int i = 0; i < parts.length; i++) {
            Object value = parts[i].evaluate(scope);
            if (value instanceof Failure) {
                return value;
            }
            (i % 2 == 0 ? keys : values)[i / 2] = value;
        }
        return CelMap.made(keys, values);
    }
}
