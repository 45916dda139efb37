package io.mcpaccess.openfga.embedded.condition.cel;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Pattern;

/** Numbers as Go writes and reads them. */
final class GoNumbers {

    private static final Pattern FLOAT =
            Pattern.compile("[+-]?(\\d[\\d_]*\\.?[\\d_]*|\\.\\d[\\d_]*)([eE][+-]?\\d[\\d_]*)?"
                    + "|[+-]?0[xX]([0-9a-fA-F_]+\\.?[0-9a-fA-F_]*|\\.[0-9a-fA-F][0-9a-fA-F_]*)[pP][+-]?\\d[\\d_]*");
    private static final Pattern MISPLACED = Pattern.compile("__|_$|_[^0-9a-fA-F]|(?<![0-9a-fA-FxX])_");
    private static final Pattern INFINITY = Pattern.compile("[+-]?inf(inity)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]+");
    private static final Pattern UNSIGNED = Pattern.compile("[0-9]+");
    private static final int MOST_DIGITS = 17;
    private static final int LEAST_EXPONENT = -4;
    private static final int MOST_EXPONENT = 6;

    private GoNumbers() {}

    /** {@code %g}: the fewest digits that give the number back, with an exponent where it is far from 1. */
    static String shortest(double value) {
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        BigDecimal digits = fewestDigits(value);
        int exponent = digits.precision() - digits.scale() - 1;
        if (exponent >= LEAST_EXPONENT && exponent < MOST_EXPONENT) {
            return digits.stripTrailingZeros().toPlainString();
        }
        String mantissa =
                digits.scaleByPowerOfTen(-exponent).stripTrailingZeros().toPlainString();
        return mantissa + "e" + (exponent < 0 ? "-" : "+") + String.format(Locale.ROOT, "%02d", Math.abs(exponent));
    }

    /** {@code %f} with as many digits as needed. */
    static String plain(double value) {
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        return fewestDigits(value).stripTrailingZeros().toPlainString();
    }

    private static BigDecimal fewestDigits(double value) {
        BigDecimal exact = new BigDecimal(value);
        for (int count = 1; count < MOST_DIGITS; count++) {
            BigDecimal down = exact.round(new MathContext(count, RoundingMode.DOWN));
            BigDecimal up = exact.round(new MathContext(count, RoundingMode.UP));
            boolean downIsNearer =
                    exact.subtract(down).abs().compareTo(up.subtract(exact).abs()) <= 0;
            BigDecimal nearer = downIsNearer ? down : up;
            BigDecimal farther = downIsNearer ? up : down;
            if (nearer.doubleValue() == value) {
                return nearer;
            }
            if (farther.doubleValue() == value) {
                return farther;
            }
        }
        return exact.round(new MathContext(MOST_DIGITS, RoundingMode.HALF_EVEN));
    }

    /** A double or a Failure. */
    static Object parseDouble(String text) {
        if (text.equalsIgnoreCase("nan")) {
            return Double.NaN;
        }
        if (INFINITY.matcher(text).matches()) {
            return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        if (!FLOAT.matcher(text).matches() || MISPLACED.matcher(text).find()) {
            return Failure.CONVERSION;
        }
        double value = Double.parseDouble(text.replace("_", ""));
        return Double.isInfinite(value) ? Failure.CONVERSION : (Object) value;
    }

    static Object parseInt(String text) {
        try {
            return INTEGER.matcher(text).matches() ? (Object) Long.parseLong(text) : Failure.CONVERSION;
        } catch (NumberFormatException e) {
            return Failure.CONVERSION;
        }
    }

    static Object parseUint(String text) {
        try {
            return UNSIGNED.matcher(text).matches() ? new Uint(Long.parseUnsignedLong(text)) : Failure.CONVERSION;
        } catch (NumberFormatException e) {
            return Failure.CONVERSION;
        }
    }
}
