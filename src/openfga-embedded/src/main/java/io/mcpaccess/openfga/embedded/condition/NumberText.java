package io.mcpaccess.openfga.embedded.condition;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers that a context holds as text, as OpenFGA reads them: decimal, rounded to 64 bits (Go, big.ParseFloat). */
final class NumberText {

    private static final Pattern FORM =
            Pattern.compile("([+-]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+))(?:([eEpP])([+-]?[0-9]{1,9}))?");
    private static final BigDecimal TWO = new BigDecimal(2);
    private static final int BITS = 64;
    /** Beyond this many digits before or behind the point, no double has the number. */
    private static final int MOST_DIGITS = 400;

    private static final int MOST_BINARY_DIGITS = 1400;
    private static final BigDecimal TINY = new BigDecimal(BigInteger.ONE, 2 * MOST_DIGITS);
    private static final BigDecimal HUGE = new BigDecimal(BigInteger.ONE, -2 * MOST_DIGITS);

    private NumberText() {}

    /** The number, empty where the text is none. What is too large or too small for a double stays so, at any size. */
    static Optional<BigDecimal> parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        BigDecimal number = new BigDecimal(parts.group(1));
        if (number.signum() == 0 || parts.group(2) == null) {
            return Optional.of(rounded(number));
        }
        int exponent = Integer.parseInt(parts.group(3));
        boolean isBinary = parts.group(2).equalsIgnoreCase("p");
        if (Math.abs(exponent) > (isBinary ? MOST_BINARY_DIGITS : MOST_DIGITS) + number.precision()) {
            BigDecimal size = exponent > 0 ? HUGE : TINY;
            return Optional.of(number.signum() < 0 ? size.negate() : size);
        }
        return Optional.of(rounded(isBinary ? number.multiply(power(exponent)) : number.scaleByPowerOfTen(exponent)));
    }

    private static BigDecimal power(int exponent) {
        return exponent < 0 ? BigDecimal.ONE.divide(TWO.pow(-exponent)) : TWO.pow(exponent);
    }

    /** To the nearest number of 64 bits. */
    private static BigDecimal rounded(BigDecimal number) {
        if (number.signum() == 0) {
            return BigDecimal.ZERO;
        }
        BigDecimal size = number.abs();
        int digits = size.precision() - size.scale();
        int shift = BITS + 2 - (int) Math.floor(digits * 3.3219280948873626);
        BigInteger scaled = size.multiply(power(shift)).toBigInteger();
        shift += BITS - scaled.bitLength();
        BigDecimal nearest = size.multiply(power(shift)).setScale(0, RoundingMode.HALF_EVEN);
        BigDecimal value = nearest.multiply(power(-shift));
        return number.signum() < 0 ? value.negate() : value;
    }
}
