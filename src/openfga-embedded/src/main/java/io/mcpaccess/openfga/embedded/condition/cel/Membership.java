package io.mcpaccess.openfga.embedded.condition.cel;

import java.util.HashSet;
import java.util.Set;

/**
 * {@code in} with a list of constants: one look into a set, which costs nothing in OpenFGA.
 *
 * @param id the part's number
 * @param value what is looked for
 * @param set the constants, each whole number also as the other numeric types
 */
record Membership(long id, Part value, Set<Object> set) implements Part {

    /** The set of constants, or null where one of them is no bool, number or text. */
    static Set<Object> setOf(CelList constants) {
        Set<Object> set = new HashSet<>();
        for (Object each : constants.items()) {
            if (each instanceof Double number) {
                addDouble(set, number);
            } else if (each instanceof Long number) {
                set.add(number);
                set.add(normal((double) number));
                if (number >= 0) {
                    set.add(new Uint(number));
                }
            } else if (each instanceof Uint number) {
                set.add(number);
                set.add(normal(number.asDouble()));
                if (number.bits() >= 0) {
                    set.add(number.bits());
                }
            } else if (each instanceof String || each instanceof Boolean) {
                set.add(each);
            } else {
                return null;
            }
        }
        return set;
    }

    private static void addDouble(Set<Object> set, double number) {
        if (Double.isNaN(number)) {
            return;
        }
        set.add(normal(number));
        if (Numbers.lossless(number) instanceof Long whole) {
            set.add(whole);
        }
        if (Numbers.losslessUint(number) instanceof Uint whole) {
            set.add(whole);
        }
    }

    /** There is one zero. */
    private static Double normal(double number) {
        return number == 0 ? 0.0 : number;
    }

    @Override
    public Object evaluate(LoopScope scope) {
        Object wanted = value.evaluate(scope);
        if (wanted instanceof Bytes) {
            throw new EvaluationAbandonedException("bytes are looked for in a list of constants");
        }
        Object result = wanted instanceof Failure
                ? wanted
                : (Object) set.contains(wanted instanceof Double number ? normal(number) : wanted);
        return scope.cost().push(id, result);
    }
}
