package io.mcpaccess.openfga.embedded.condition;

import org.projectnessie.cel.common.types.BoolT;
import org.projectnessie.cel.common.types.Err;
import org.projectnessie.cel.common.types.UnknownT;
import org.projectnessie.cel.common.types.ref.Val;
import org.projectnessie.cel.interpreter.Activation;
import org.projectnessie.cel.interpreter.Coster;
import org.projectnessie.cel.interpreter.Interpretable;
import org.projectnessie.cel.interpreter.Interpretable.InterpretableCall;

/**
 * An equality of two values whose types are known at run time alone. Values of different types are unequal, as in
 * OpenFGA; the library calls some of these comparisons an error.
 *
 * @param comparison what the library made of it
 * @param whenTypesDiffer the answer for values of different types: false for {@code ==}, true for {@code !=}
 */
record MixedEquality(InterpretableCall comparison, BoolT whenTypesDiffer) implements InterpretableCall, Coster {

    static Interpretable decorate(Interpretable part) {
        if (part instanceof Interpretable.EvalEq equal) {
            return new MixedEquality(equal, BoolT.False);
        }
        return part instanceof Interpretable.EvalNe unequal ? new MixedEquality(unequal, BoolT.True) : part;
    }

    @Override
    public Val eval(Activation values) {
        Val result = comparison.eval(values);
        if (!Err.isError(result)) {
            return result;
        }
        EvaluationCost known = EvaluationCost.of(values);
        Val first = known.result(comparison.args()[0]);
        Val second = known.result(comparison.args()[1]);
        return isValue(first) && isValue(second) && !first.type().equals(second.type()) ? whenTypesDiffer : result;
    }

    private static boolean isValue(Val value) {
        return value != null && !Err.isError(value) && !UnknownT.isUnknown(value);
    }

    @Override
    public long id() {
        return comparison.id();
    }

    @Override
    public String function() {
        return comparison.function();
    }

    @Override
    public String overloadID() {
        return comparison.overloadID();
    }

    @Override
    public Interpretable[] args() {
        return comparison.args();
    }

    @Override
    public Cost cost() {
        return Cost.estimateCost(comparison);
    }
}
