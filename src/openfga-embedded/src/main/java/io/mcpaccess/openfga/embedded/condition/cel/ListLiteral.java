package io.mcpaccess.openfga.embedded.condition.cel;

import java.util.Arrays;

/**
 * A list that the expression makes.
 *
 * @param id the part's number
 * @param items its items
 */
record ListLiteral(long id, Part[] items) implements Part {

    private static final long COST = 10;

    @Override
    public Object evaluate(LoopScope scope) {
        Object result = compute(scope);
        scope.cost().dropAll(items);
        scope.cost().add(COST);
        return scope.cost().push(id, result);
    }

    private Object compute(LoopScope scope) {
        Object[] values = new Object[items.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = items[i].evaluate(scope);
            if (values[i] instanceof Failure) {
                return values[i];
            }
        }
        return new CelList(Arrays.asList(values));
    }
}
