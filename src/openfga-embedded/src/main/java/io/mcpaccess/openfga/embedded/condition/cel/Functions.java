package io.mcpaccess.openfga.embedded.condition.cel;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Map;
import java.util.Set;

/** All functions and operators that are no control flow, by the name that the parser gives them. */
final class Functions {

    /** Asked for whether a loop goes on: all that is not false, also what failed. */
    private static final CelCall.Function NOT_STRICTLY_FALSE = new CelCall.Function() {
        @Override
        public Object apply(Object value, Object none) {
            return value instanceof Boolean ? value : (Object) true;
        }

        @Override
        public boolean takesFailures() {
            return true;
        }
    };

    private static final Map<String, CelCall.Function> UNARY = Map.ofEntries(
            Map.entry("@not_strictly_false", NOT_STRICTLY_FALSE),
            Map.entry("!_", (a, b) -> a instanceof Boolean known ? (Object) !known : Failure.NO_OVERLOAD),
            Map.entry("-_", (a, b) -> Arithmetic.negate(a)),
            Map.entry("size", (a, b) -> a instanceof IpAddress ? Arithmetic.noOverload(a) : CelValues.sizeOf(a)),
            Map.entry("bool", (a, b) -> Conversions.toBool(a)),
            Map.entry("bytes", (a, b) -> Conversions.toBytes(a)),
            Map.entry("double", (a, b) -> Conversions.toDouble(a)),
            Map.entry("duration", (a, b) -> Conversions.toDuration(a)),
            Map.entry("dyn", (a, b) -> a),
            Map.entry("int", (a, b) -> Conversions.toInt(a)),
            Map.entry("ipaddress", (a, b) -> Conversions.toAddress(a)),
            Map.entry("string", (a, b) -> Conversions.toText(a)),
            Map.entry("timestamp", (a, b) -> Conversions.toTimestamp(a)),
            Map.entry("type", (a, b) -> CelType.of(a)),
            Map.entry("uint", (a, b) -> Conversions.toUint(a)));

    private static final Map<String, CelCall.Function> BINARY = Map.ofEntries(
            Map.entry("_+_", Arithmetic::add),
            Map.entry("_-_", Arithmetic::subtract),
            Map.entry("_*_", Arithmetic::multiply),
            Map.entry("_/_", Arithmetic::divide),
            Map.entry("_%_", Arithmetic::remainder),
            Map.entry("_<_", Ordering.where(order -> order < 0)),
            Map.entry("_<=_", Ordering.where(order -> order <= 0)),
            Map.entry("_>_", Ordering.where(order -> order > 0)),
            Map.entry("_>=_", Ordering.where(order -> order >= 0)),
            Map.entry("@in", Functions::in),
            Map.entry("contains", texts((text, part) -> text.contains(part))),
            Map.entry("endsWith", texts((text, part) -> text.endsWith(part))),
            Map.entry("startsWith", texts((text, part) -> text.startsWith(part))),
            Map.entry("matches", Functions::matches),
            Map.entry("in_cidr", Functions::inCidr));

    /** Evaluated once, when the model is written, where their argument is a constant. */
    private static final Set<String> CONVERSIONS =
            Set.of("bool", "bytes", "double", "duration", "dyn", "int", "string", "timestamp", "type", "uint");

    private static final Set<String> CONTROL = Set.of("_&&_", "_||_", "_?_:_", "_==_", "_!=_", "_[_]");

    private Functions() {}

    /** The function, or null where there is none. */
    static CelCall.Function find(String name, int arguments) {
        CelCall.Function found = (arguments == 1 ? UNARY : BINARY).get(name);
        return found != null ? found : Calendar.function(name, arguments);
    }

    /** Whether there is a function or operator of that name, with any number of arguments. */
    static boolean isKnown(String name) {
        return CONTROL.contains(name) || find(name, 1) != null || find(name, 2) != null;
    }

    static boolean isConversion(String name) {
        return CONVERSIONS.contains(name);
    }

    /** The function matches() with a pattern that is known. Throws PatternSyntaxException. */
    static CelCall.Function matching(String pattern) {
        Pattern compiled = Patterns.compile(pattern);
        return (text, known) -> text instanceof String string
                ? (Object) compiled.matcher(string).find()
                : Arithmetic.noOverload(text);
    }

    private static Object matches(Object text, Object pattern) {
        if (!(text instanceof String string)) {
            return Arithmetic.noOverload(text);
        }
        if (!(pattern instanceof String expression)) {
            return Failure.NO_OVERLOAD;
        }
        try {
            return Patterns.compile(expression).matcher(string).find();
        } catch (PatternSyntaxException e) {
            return Failure.BAD_PATTERN;
        }
    }

    private static Object in(Object value, Object container) {
        if (container instanceof CelList list) {
            return CelValues.contains(list, value);
        }
        return container instanceof CelMap map ? map.find(value) != null : (Object) Failure.NO_OVERLOAD;
    }

    private static Object inCidr(Object address, Object network) {
        return address instanceof IpAddress ip && network instanceof String cidr
                ? ip.inCidr(cidr)
                : Failure.NO_OVERLOAD;
    }

    private static CelCall.Function texts(TextTest test) {
        return (a, b) -> a instanceof String text && b instanceof String part
                ? (Object) test.test(text, part)
                : Failure.NO_OVERLOAD;
    }

    @FunctionalInterface
    private interface TextTest {
        boolean test(String text, String part);
    }
}
