package io.mcpaccess.openfga.embedded.condition.cel;

/**
 * {@code condition ? a : b}, from which is selected on both sides.
 *
 * @param expression the part's number
 * @param condition what chooses
 * @param whenTrue the one
 * @param whenFalse the other
 */
record Choice(long expression, Part condition, Attribute whenTrue, Attribute whenFalse) implements Attribute {

    @Override
    public long id() {
        return whenTrue.id() == whenFalse.id() ? whenTrue.id() : expression;
    }

    @Override
    public void add(Qualifier qualifier) {
        whenTrue.add(qualifier);
        whenFalse.add(qualifier);
    }

    @Override
    public Object resolve(LoopScope scope) {
        Object chosen = condition.evaluate(scope);
        if (chosen instanceof Boolean known) {
            return known ? whenTrue.resolve(scope) : whenFalse.resolve(scope);
        }
        return chosen instanceof Failure ? chosen : Failure.NO_OVERLOAD;
    }

    @Override
    public void count(Cost cost) {
        cost.drop(whenFalse.id());
        cost.drop(whenTrue.id());
        cost.drop(condition.id());
    }
}
