package io.mcpaccess.openfga.embedded.condition;

import java.util.IdentityHashMap;
import java.util.Map;
import org.projectnessie.cel.common.types.ref.Val;
import org.projectnessie.cel.common.types.traits.Sizer;
import org.projectnessie.cel.interpreter.Activation;
import org.projectnessie.cel.interpreter.Interpretable;
import org.projectnessie.cel.interpreter.Interpretable.InterpretableCall;
import org.projectnessie.cel.interpreter.Interpretable.InterpretableConst;
import org.projectnessie.cel.interpreter.ResolvedValue;

/**
 * The values of one evaluation, and what it has cost so far: an access costs 1, a call 1 or what its arguments' sizes
 * make of it (cel-go's run-time cost, of which OpenFGA allows 100 to a condition).
 *
 * <p>Belongs to one thread.
 */
final class EvaluationCost implements Activation {

    /** OpenFGA's {@code maxConditionEvaluationCost}, as it is unless a server sets another. */
    static final long LIMIT = 100;

    private static final double OF_A_CHARACTER = 0.1;
    private static final double OF_A_CHARACTER_OF_A_PATTERN = 0.25;

    private final Activation values;
    private final Map<Interpretable, Val> results = new IdentityHashMap<>();
    private long cost;

    EvaluationCost(Map<String, Object> values) {
        this.values = Activation.newActivation(values);
    }

    /** Loops have values of their own around these. */
    static EvaluationCost of(Activation activation) {
        Activation each = activation;
        while (!(each instanceof EvaluationCost)) {
            each = each.parent();
        }
        return (EvaluationCost) each;
    }

    @Override
    public ResolvedValue resolveName(String name) {
        return values.resolveName(name);
    }

    @Override
    public Activation parent() {
        return values;
    }

    /**
     * Counts a step.
     *
     * @param more what it costs
     * @throws ExceededException when the evaluation has become too expensive
     */
    void add(long more) {
        cost += more;
        if (cost > LIMIT) {
            throw new ExceededException();
        }
    }

    /** Counts a call by the values of its arguments, which are evaluated by now. */
    void addCall(InterpretableCall call) {
        Val[] arguments = new Val[call.args().length];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = result(call.args()[i]);
            if (arguments[i] == null) {
                return;
            }
        }
        add(ofCall(call.overloadID(), arguments));
    }

    Val remember(Interpretable part, Val result) {
        results.put(part, result);
        return result;
    }

    /** The latest value of a part, or null where it was not evaluated. */
    Val result(Interpretable part) {
        return part instanceof InterpretableConst constant ? constant.value() : results.get(part);
    }

    private static long ofCall(String overload, Val[] arguments) {
        return switch (overload) {
            case "starts_with_string", "ends_with_string", "string_to_bytes", "bytes_to_string" ->
                part(size(arguments[0]), OF_A_CHARACTER);
            case "in_list" -> size(arguments[1]);
            case "less_string",
                    "greater_string",
                    "less_equals_string",
                    "greater_equals_string",
                    "less_bytes",
                    "greater_bytes",
                    "less_equals_bytes",
                    "greater_equals_bytes",
                    "equals",
                    "not_equals" -> part(Math.min(size(arguments[0]), size(arguments[1])), OF_A_CHARACTER);
            case "add_string", "add_bytes" -> part(size(arguments[0]) + size(arguments[1]), OF_A_CHARACTER);
            case "matches_string" ->
                part(1 + size(arguments[0]), OF_A_CHARACTER) * part(size(arguments[1]), OF_A_CHARACTER_OF_A_PATTERN);
            case "contains_string" ->
                part(size(arguments[0]), OF_A_CHARACTER) * part(size(arguments[1]), OF_A_CHARACTER);
            default -> 1;
        };
    }

    private static long part(long size, double factor) {
        return (long) Math.ceil(size * factor);
    }

    private static long size(Val value) {
        return value instanceof Sizer sized ? sized.size().intValue() : 1;
    }

    /** The evaluation is given up. */
    static final class ExceededException extends RuntimeException {
        private static final long serialVersionUID = 1;

        ExceededException() {
            super("the condition costs more than " + LIMIT, null, false, false);
        }
    }
}
