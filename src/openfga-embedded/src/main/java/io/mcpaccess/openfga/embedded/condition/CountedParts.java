package io.mcpaccess.openfga.embedded.condition;

import org.projectnessie.cel.common.types.ref.TypeAdapter;
import org.projectnessie.cel.common.types.ref.Val;
import org.projectnessie.cel.interpreter.Activation;
import org.projectnessie.cel.interpreter.AttributeFactory.Attribute;
import org.projectnessie.cel.interpreter.AttributeFactory.ConditionalAttribute;
import org.projectnessie.cel.interpreter.AttributeFactory.Qualifier;
import org.projectnessie.cel.interpreter.Interpretable;
import org.projectnessie.cel.interpreter.Interpretable.EvalList;
import org.projectnessie.cel.interpreter.Interpretable.EvalMap;
import org.projectnessie.cel.interpreter.Interpretable.EvalTestOnly;
import org.projectnessie.cel.interpreter.Interpretable.InterpretableAttribute;
import org.projectnessie.cel.interpreter.Interpretable.InterpretableCall;
import org.projectnessie.cel.interpreter.Interpretable.InterpretableConst;
import org.projectnessie.cel.interpreter.InterpretableDecorator;

/** Parts of a condition that tell the {@link EvaluationCost} of the evaluation what they did. */
final class CountedParts {

    private static final long OF_A_LIST = 10;
    private static final long OF_A_MAP = 30;
    private static final long OF_A_PRESENCE_TEST = 1;

    private CountedParts() {}

    /** Constants are folded first, as OpenFGA has it: what is folded costs nothing. A selection comes here twice. */
    static Interpretable decorate(Interpretable part) {
        Interpretable folded = InterpretableDecorator.decOptimize().decorate(part);
        if (folded instanceof InterpretableConst || folded instanceof CountedAttribute) {
            return folded;
        }
        if (folded instanceof InterpretableAttribute attribute) {
            return new CountedAttribute(attribute);
        }
        return folded instanceof InterpretableCall call
                ? new CountedCall(call)
                : new CountedPart(folded, ofPart(folded));
    }

    private static long ofPart(Interpretable part) {
        if (part instanceof EvalList) {
            return OF_A_LIST;
        }
        if (part instanceof EvalMap) {
            return OF_A_MAP;
        }
        return part instanceof EvalTestOnly ? OF_A_PRESENCE_TEST : 0;
    }

    private record CountedPart(Interpretable part, long cost) implements Interpretable {
        @Override
        public long id() {
            return part.id();
        }

        @Override
        public Val eval(Activation values) {
            Val result = part.eval(values);
            EvaluationCost total = EvaluationCost.of(values);
            total.add(cost);
            return total.remember(this, result);
        }
    }

    private record CountedCall(InterpretableCall call) implements InterpretableCall {
        @Override
        public long id() {
            return call.id();
        }

        @Override
        public Val eval(Activation values) {
            Val result = call.eval(values);
            EvaluationCost total = EvaluationCost.of(values);
            total.addCall(call);
            return total.remember(this, result);
        }

        @Override
        public String function() {
            return call.function();
        }

        @Override
        public String overloadID() {
            return call.overloadID();
        }

        @Override
        public Interpretable[] args() {
            return call.args();
        }
    }

    /** A parameter or variable with what is selected from it. The choice of {@code a ? b : c} costs nothing itself. */
    private record CountedAttribute(InterpretableAttribute attribute) implements InterpretableAttribute {
        @Override
        public long id() {
            return attribute.id();
        }

        @Override
        public Val eval(Activation values) {
            Val result = attribute.eval(values);
            EvaluationCost total = EvaluationCost.of(values);
            total.add(attribute.attr() instanceof ConditionalAttribute ? 0 : 1);
            return total.remember(this, result);
        }

        @Override
        public Attribute addQualifier(Qualifier qualifier) {
            attribute.addQualifier(new CountedQualifier(
                    qualifier instanceof CountedAttribute counted ? counted.attribute : qualifier));
            return this;
        }

        @Override
        public Attribute attr() {
            return attribute.attr();
        }

        @Override
        public TypeAdapter adapter() {
            return attribute.adapter();
        }

        @Override
        public Object qualify(Activation values, Object of) {
            return attribute.qualify(values, of);
        }

        @Override
        public Object resolve(Activation values) {
            return attribute.resolve(values);
        }
    }

    private record CountedQualifier(Qualifier qualifier) implements Qualifier {
        @Override
        public long id() {
            return qualifier.id();
        }

        @Override
        public Object qualify(Activation values, Object of) {
            Object selected = qualifier.qualify(values, of);
            EvaluationCost.of(values).add(1);
            return selected;
        }
    }
}
