package io.mcpaccess.openfga.embedded.condition.cel;

/** The operators on numbers, texts, lists, durations and timestamps, as their values' types say at run time. */
final class Arithmetic {

    private Arithmetic() {}

    /** An address reaches no operator in OpenFGA: it gives up the evaluation. */
    static Failure noOverload(Object first) {
        if (first instanceof IpAddress) {
            throw new EvaluationAbandonedException("an operation got an address");
        }
        return Failure.NO_OVERLOAD;
    }

    static Object add(Object a, Object b) {
        if (a instanceof Long x) {
            return b instanceof Long y ? addInts(x, y) : Failure.NO_OVERLOAD;
        }
        if (a instanceof String x) {
            return b instanceof String y ? x + y : Failure.NO_OVERLOAD;
        }
        if (a instanceof Double x) {
            return b instanceof Double y ? (Object) (x + y) : Failure.NO_OVERLOAD;
        }
        if (a instanceof Uint x) {
            return b instanceof Uint y ? addUints(x.bits(), y.bits()) : Failure.NO_OVERLOAD;
        }
        if (a instanceof CelList x) {
            return b instanceof CelList y ? x.plus(y) : Failure.NO_OVERLOAD;
        }
        if (a instanceof Moment x) {
            return b instanceof Span y ? x.plus(y) : Failure.NO_OVERLOAD;
        }
        if (a instanceof Span x) {
            return addToSpan(x, b);
        }
        if (a instanceof Bytes x) {
            return b instanceof Bytes y ? x.plus(y) : Failure.NO_OVERLOAD;
        }
        return noOverload(a);
    }

    private static Object addInts(long x, long y) {
        long sum = x + y;
        return ((x ^ sum) & (y ^ sum)) < 0 ? Failure.OVERFLOW : (Object) sum;
    }

    private static Object addUints(long x, long y) {
        long sum = x + y;
        return Long.compareUnsigned(sum, x) < 0 ? Failure.OVERFLOW : new Uint(sum);
    }

    private static Object addToSpan(Span x, Object b) {
        if (b instanceof Moment y) {
            return y.plus(x);
        }
        return b instanceof Span y && addInts(x.nanos(), y.nanos()) instanceof Long sum
                ? new Span(sum)
                : b instanceof Span ? Failure.OVERFLOW : Failure.NO_OVERLOAD;
    }

    static Object subtract(Object a, Object b) {
        if (a instanceof Long x) {
            return b instanceof Long y ? subtractInts(x, y) : Failure.NO_OVERLOAD;
        }
        if (a instanceof Double x) {
            return b instanceof Double y ? (Object) (x - y) : Failure.NO_OVERLOAD;
        }
        if (a instanceof Uint x) {
            if (!(b instanceof Uint y)) {
                return Failure.NO_OVERLOAD;
            }
            return Long.compareUnsigned(y.bits(), x.bits()) > 0 ? Failure.OVERFLOW : new Uint(x.bits() - y.bits());
        }
        if (a instanceof Moment x) {
            return b instanceof Span y ? x.minus(y) : b instanceof Moment z ? x.minus(z) : Failure.NO_OVERLOAD;
        }
        if (a instanceof Span x && b instanceof Span y) {
            return subtractInts(x.nanos(), y.nanos()) instanceof Long left ? new Span(left) : Failure.OVERFLOW;
        }
        return noOverload(a);
    }

    private static Object subtractInts(long x, long y) {
        long left = x - y;
        return ((x ^ y) & (x ^ left)) < 0 ? Failure.OVERFLOW : (Object) left;
    }

    static Object multiply(Object a, Object b) {
        if (a instanceof Long x && b instanceof Long y) {
            long high = Math.multiplyHigh(x, y);
            long low = x * y;
            return high == low >> (Long.SIZE - 1) ? (Object) low : Failure.OVERFLOW;
        }
        if (a instanceof Double x && b instanceof Double y) {
            return x * y;
        }
        if (a instanceof Uint x && b instanceof Uint y) {
            boolean fits = y.bits() == 0 || Long.compareUnsigned(x.bits(), Long.divideUnsigned(-1, y.bits())) <= 0;
            return fits ? new Uint(x.bits() * y.bits()) : Failure.OVERFLOW;
        }
        return noOverload(a);
    }

    static Object divide(Object a, Object b) {
        if (a instanceof Long x && b instanceof Long y) {
            return y == 0 ? Failure.DIVISION_BY_ZERO : overflows(x, y) ? Failure.OVERFLOW : (Object) (x / y);
        }
        if (a instanceof Double x && b instanceof Double y) {
            return x / y;
        }
        if (a instanceof Uint x && b instanceof Uint y) {
            return y.bits() == 0 ? Failure.DIVISION_BY_ZERO : new Uint(Long.divideUnsigned(x.bits(), y.bits()));
        }
        return noOverload(a);
    }

    static Object remainder(Object a, Object b) {
        if (a instanceof Long x && b instanceof Long y) {
            return y == 0 ? Failure.DIVISION_BY_ZERO : overflows(x, y) ? Failure.OVERFLOW : (Object) (x % y);
        }
        if (a instanceof Uint x && b instanceof Uint y) {
            return y.bits() == 0 ? Failure.DIVISION_BY_ZERO : new Uint(Long.remainderUnsigned(x.bits(), y.bits()));
        }
        return noOverload(a);
    }

    private static boolean overflows(long x, long y) {
        return x == Long.MIN_VALUE && y == -1;
    }

    static Object negate(Object a) {
        if (a instanceof Long x) {
            return x == Long.MIN_VALUE ? Failure.OVERFLOW : (Object) (-x);
        }
        if (a instanceof Double x) {
            return -x;
        }
        if (a instanceof Span x) {
            return x.nanos() == Long.MIN_VALUE ? Failure.OVERFLOW : new Span(-x.nanos());
        }
        return noOverload(a);
    }
}
