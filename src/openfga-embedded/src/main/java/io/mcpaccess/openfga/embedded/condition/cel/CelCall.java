package io.mcpaccess.openfga.embedded.condition.cel;

/**
 * A call of a function or operator.
 *
 * @param id the part's number
 * @param overload the one overload that fits the types, empty where several do
 * @param arguments the arguments, the receiver first
 * @param function what it does
 */
record CelCall(long id, String overload, Part[] arguments, Function function) implements Part {

    @Override
    public Object evaluate(LoopScope scope) {
        Object result = compute(scope);
        scope.cost().addCall(overload, arguments);
        return scope.cost().push(id, result);
    }

    private Object compute(LoopScope scope) {
        Object first = arguments[0].evaluate(scope);
        if (arguments.length == 1) {
            return first instanceof Failure && !function.takesFailures() ? first : function.apply(first, null);
        }
        if (first instanceof Failure) {
            return first;
        }
        Object second = arguments[1].evaluate(scope);
        return second instanceof Failure ? second : function.apply(first, second);
    }

    /** A function of one or two arguments, for values of any type. */
    @FunctionalInterface
    interface Function {

        /** The result or a Failure; the second argument is null where the function takes one. */
        Object apply(Object first, Object second);

        /** Whether a failed argument is an argument like any other. */
        default boolean takesFailures() {
            return false;
        }
    }
}
