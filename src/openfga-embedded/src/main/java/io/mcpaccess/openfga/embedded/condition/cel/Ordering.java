package io.mcpaccess.openfga.embedded.condition.cel;

import java.util.function.IntPredicate;

/** The comparisons {@code <}, {@code <=}, {@code >} and {@code >=}. */
final class Ordering {

    private static final int SURROGATES = 0xD800;
    private static final int AFTER_SURROGATES = 0xE000;
    private static final int PLANE = 0x10000;

    private Ordering() {}

    /** The comparison that is true where the order of its sides, a number below, at or above 0, fits. */
    static CelCall.Function where(IntPredicate order) {
        return (a, b) -> {
            if (a instanceof Double x && x.isNaN() || b instanceof Double y && y.isNaN()) {
                return false;
            }
            Object compared = compare(a, b);
            return compared instanceof Integer number ? (Object) order.test(number) : compared;
        };
    }

    private static Object compare(Object a, Object b) {
        if (a instanceof Long x) {
            return compareInt(x, b);
        }
        if (a instanceof Double x) {
            return compareDouble(x, b);
        }
        if (a instanceof Uint x) {
            return compareUint(x, b);
        }
        if (a instanceof String x) {
            return b instanceof String y ? compareTexts(x, y) : Failure.NO_OVERLOAD;
        }
        if (a instanceof Moment x) {
            return b instanceof Moment y ? x.compareTo(y) : Failure.NO_OVERLOAD;
        }
        if (a instanceof Span x) {
            return b instanceof Span y ? Long.compare(x.nanos(), y.nanos()) : Failure.NO_OVERLOAD;
        }
        if (a instanceof Boolean x) {
            return b instanceof Boolean y ? Boolean.compare(x, y) : Failure.NO_OVERLOAD;
        }
        if (a instanceof Bytes x) {
            return b instanceof Bytes y ? x.compareTo(y) : Failure.NO_OVERLOAD;
        }
        return Arithmetic.noOverload(a);
    }

    private static Object compareInt(long x, Object b) {
        if (b instanceof Long y) {
            return Long.compare(x, y);
        }
        if (b instanceof Double y) {
            return -Numbers.compare(y, x);
        }
        return b instanceof Uint y ? Numbers.compare(x, y) : Failure.NO_OVERLOAD;
    }

    private static Object compareDouble(double x, Object b) {
        if (b instanceof Double y) {
            return Numbers.compare(x, (double) y);
        }
        if (b instanceof Long y) {
            return Numbers.compare(x, (long) y);
        }
        return b instanceof Uint y ? Numbers.compare(x, y) : Failure.NO_OVERLOAD;
    }

    private static Object compareUint(Uint x, Object b) {
        if (b instanceof Uint y) {
            return Long.compareUnsigned(x.bits(), y.bits());
        }
        if (b instanceof Double y) {
            return -Numbers.compare(y, x);
        }
        return b instanceof Long y ? -Numbers.compare(y, x) : Failure.NO_OVERLOAD;
    }

    /** The order of UTF-8, which is that of code points; Java's own order is that of UTF-16. */
    private static int compareTexts(String x, String y) {
        int length = Math.min(x.length(), y.length());
        for (int i = 0; i < length; i++) {
            char a = x.charAt(i);
            char b = y.charAt(i);
            if (a != b) {
                return Integer.compare(rank(a), rank(b));
            }
        }
        return Integer.compare(x.length(), y.length());
    }

    private static int rank(char c) {
        return c >= SURROGATES && c < AFTER_SURROGATES ? c + PLANE : c;
    }
}
