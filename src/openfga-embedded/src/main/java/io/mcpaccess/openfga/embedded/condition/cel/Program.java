package io.mcpaccess.openfga.embedded.condition.cel;

import java.util.Map;

/**
 * A compiled expression.
 *
 * <p>Thread-safe: one program serves any number of threads.
 */
public final class Program {

    private final Part root;
    private final String[] parameters;
    private final long costLimit;

    Program(Part root, String[] parameters, long costLimit) {
        this.root = root;
        this.parameters = parameters;
        this.costLimit = costLimit;
    }

    /**
     * Evaluates the expression.
     *
     * @param values the value of each parameter, as {@link ContextValues} and the value types of this package have them
     * @return the value of the expression, a Boolean where its type is bool
     * @throws EvaluationException when it has no value; the message holds no values
     */
    public Object evaluate(Map<String, Object> values) throws EvaluationException {
        Object[] known = new Object[parameters.length];
        for (int i = 0; i < known.length; i++) {
            known[i] = values.get(parameters[i]);
        }
        Object result;
        try {
            result = root.evaluate(LoopScope.of(known, new Cost(costLimit)));
        } catch (EvaluationAbandonedException e) {
            throw new EvaluationException(e.getMessage());
        }
        if (result instanceof Failure failure) {
            throw new EvaluationException(failure.reason());
        }
        return result;
    }
}
