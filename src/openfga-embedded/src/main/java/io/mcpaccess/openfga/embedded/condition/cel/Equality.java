package io.mcpaccess.openfga.embedded.condition.cel;

/**
 * {@code ==} or {@code !=}.
 *
 * @param id the part's number
 * @param sides both sides
 * @param negated whether it is {@code !=}, which is true also where the values cannot be compared
 */
record Equality(long id, Part[] sides, boolean negated) implements Part {

    @Override
    public Object evaluate(LoopScope scope) {
        Object result = compute(scope);
        scope.cost().addCall(negated ? "not_equals" : "equals", sides);
        return scope.cost().push(id, result);
    }

    private Object compute(LoopScope scope) {
        Object left = sides[0].evaluate(scope);
        if (left instanceof Failure) {
            return left;
        }
        Object right = sides[1].evaluate(scope);
        if (right instanceof Failure) {
            return right;
        }
        Object equal = CelValues.equal(left, right);
        return negated ? (Object) !Boolean.TRUE.equals(equal) : equal;
    }
}
