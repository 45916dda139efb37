package io.mcpaccess.openfga.embedded.condition.cel;

/** Whole numbers and doubles beside each other, as cel-go compares and converts them. */
final class Numbers {

    private static final double TWO_TO_63 = 0x1p63;
    private static final double TWO_TO_64 = 0x1p64;

    private Numbers() {}

    /** Negative, zero or positive; a NaN is equal to everything and has to be looked for before. */
    static int compare(double a, double b) {
        return a < b ? -1 : a > b ? 1 : 0;
    }

    static int compare(double a, long b) {
        if (a < -TWO_TO_63) {
            return -1;
        }
        return a > TWO_TO_63 ? 1 : compare(a, (double) b);
    }

    static int compare(double a, Uint b) {
        if (a < 0) {
            return -1;
        }
        return a > TWO_TO_64 ? 1 : compare(a, b.asDouble());
    }

    static int compare(long a, Uint b) {
        return a < 0 || b.bits() < 0 ? -1 : Long.compare(a, b.bits());
    }

    /** The int without the fraction, or a Failure. */
    static Object toInt(double value) {
        return Double.isNaN(value) || value <= -TWO_TO_63 || value >= TWO_TO_63
                ? Failure.OVERFLOW
                : (Object) (long) value;
    }

    static Object toUint(double value) {
        if (Double.isNaN(value) || value < 0 || value >= TWO_TO_64) {
            return Failure.OVERFLOW;
        }
        return new Uint(value < TWO_TO_63 ? (long) value : (long) (value - TWO_TO_63) + Long.MIN_VALUE);
    }

    /** The int that is this number, or a Failure. */
    static Object lossless(double value) {
        return toInt(value) instanceof Long whole && (double) whole == value ? whole : Failure.OVERFLOW;
    }

    static Object losslessUint(double value) {
        return toUint(value) instanceof Uint whole && whole.asDouble() == value ? whole : Failure.OVERFLOW;
    }
}
