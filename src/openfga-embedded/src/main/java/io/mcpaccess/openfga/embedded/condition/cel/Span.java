package io.mcpaccess.openfga.embedded.condition.cel;

import java.util.Map;

/**
 * A value of the type {@code duration}, as Go has it.
 *
 * @param nanos its length in nanoseconds
 */
public record Span(long nanos) {

    static final long SECOND = 1_000_000_000L;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final Map<String, Long> UNITS = Map.of(
            "ns", 1L, "us", 1_000L, "µs", 1_000L, "μs", 1_000L, "ms", 1_000_000L, "s", SECOND, "m", MINUTE, "h", HOUR);
    /** The longest that is read, as a number without a sign; only with a minus is it a duration. */
    private static final long MOST = Long.MIN_VALUE;

    private static final long TOO_MUCH = -1;

    /** Hours as Go counts them: the fraction is a double, which may round up to the next hour. */
    long hours() {
        return (long) (nanos / HOUR + nanos % HOUR / (60.0 * 60 * SECOND));
    }

    long minutes() {
        return (long) (nanos / MINUTE + nanos % MINUTE / (60.0 * SECOND));
    }

    double seconds() {
        return nanos / SECOND + nanos % SECOND / (double) SECOND;
    }

    long milliseconds() {
        return nanos / (SECOND / 1000);
    }

    /**
     * Reads a duration as Go writes it (time.ParseDuration), such as {@code 1h30m}, {@code -1.5s} or {@code 300ms}.
     *
     * @param text the text
     * @return the duration, or null when the text is none
     */
    public static Span parse(String text) {
        boolean negative = text.startsWith("-");
        int at = negative || text.startsWith("+") ? 1 : 0;
        if (at == text.length()) {
            return null;
        }
        if (text.substring(at).equals("0")) {
            return new Span(0);
        }
        long total = 0;
        while (at < text.length()) {
            int wholeEnd = digitsFrom(text, at);
            boolean hasPoint = wholeEnd < text.length() && text.charAt(wholeEnd) == '.';
            int fraction = hasPoint ? wholeEnd + 1 : wholeEnd;
            int fractionEnd = digitsFrom(text, fraction);
            int unitEnd = unitFrom(text, fractionEnd);
            Long unit = UNITS.get(text.substring(fractionEnd, unitEnd));
            if (unit == null || (wholeEnd == at && fractionEnd == fraction)) {
                return null;
            }
            long part = part(text.substring(at, wholeEnd), text.substring(fraction, fractionEnd), unit);
            total += part;
            if (isTooMuch(part) || isTooMuch(total)) {
                return null;
            }
            at = unitEnd;
        }
        return total == MOST && !negative ? null : new Span(negative ? -total : total);
    }

    private static int digitsFrom(String text, int start) {
        int end = start;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static int unitFrom(String text, int start) {
        int end = start;
        while (end < text.length() && text.charAt(end) != '.' && !isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isTooMuch(long unsigned) {
        return Long.compareUnsigned(unsigned, MOST) > 0;
    }

    private static long part(String whole, String fraction, long unit) {
        long number = 0;
        for (int i = 0; i < whole.length(); i++) {
            if (Long.compareUnsigned(number, Long.divideUnsigned(MOST, 10)) > 0) {
                return TOO_MUCH;
            }
            number = number * 10 + (whole.charAt(i) - '0');
        }
        if (isTooMuch(number) || Long.compareUnsigned(number, Long.divideUnsigned(MOST, unit)) > 0) {
            return TOO_MUCH;
        }
        return number * unit + ofFraction(fraction, unit);
    }

    /** Digits beyond those that fit in 63 bits do not count. */
    private static long ofFraction(String digits, long unit) {
        long number = 0;
        double scale = 1;
        for (int i = 0; i < digits.length() && number <= Long.MAX_VALUE / 10; i++) {
            long more = number * 10 + (digits.charAt(i) - '0');
            if (more < 0) {
                break;
            }
            number = more;
            scale *= 10;
        }
        return (long) (number * (unit / scale));
    }
}
