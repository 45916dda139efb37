package io.mcpaccess.guard.arguments;

import java.math.BigDecimal;
import java.util.Optional;

/** Which numbers mean the same to a condition, which knows doubles and 64 bits, and to a server in any language. */
final class ExactNumbers {
    /** As many decimal digits come back unchanged from any double. */
    private static final int DIGITS = 15;

    private static final int LARGEST_EXPONENT = 300;
    private static final BigDecimal LARGEST_WHOLE = BigDecimal.valueOf((1L << 53) - 1);

    private ExactNumbers() {}

    static boolean isExact(BigDecimal number) {
        BigDecimal shortest = number.stripTrailingZeros();
        long exponent = (long) shortest.precision() - shortest.scale() - 1;
        return shortest.precision() <= DIGITS && Math.abs(exponent) <= LARGEST_EXPONENT;
    }

    /** The size is looked at first: a number with a vast exponent must not be written out. */
    static Optional<Long> whole(BigDecimal number) {
        BigDecimal shortest = number.stripTrailingZeros();
        boolean isWhole = shortest.scale() <= 0 && shortest.abs().compareTo(LARGEST_WHOLE) <= 0;
        return isWhole ? Optional.of(shortest.longValueExact()) : Optional.empty();
    }
}
