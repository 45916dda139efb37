package io.mcpaccess.openfga.embedded.condition.cel;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads timestamps as Go does, which is laxer with the context's values than cel-go is with texts of an expression. */
public final class MomentParser {

    /** Go takes an hour of one digit and a comma before the fraction. */
    private static final Pattern LAX = Pattern.compile(
            "(\\d{4})-(\\d{2})-(\\d{2})T(\\d{1,2}):(\\d{2}):(\\d{2})(?:[.,](\\d+))?(Z|([+-])(\\d{2}):(\\d{2}))");

    private static final Pattern STRICT =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?(Z|[+-]([01]\\d|2[0-3]):[0-5]\\d)");

    private static final int YEAR = 1;
    private static final int MONTH = 2;
    private static final int DAY = 3;
    private static final int HOUR = 4;
    private static final int MINUTE = 5;
    private static final int SECOND = 6;
    private static final int FRACTION = 7;
    private static final int SIGN = 9;
    private static final int OFFSET_HOURS = 10;
    private static final int OFFSET_MINUTES = 11;
    private static final int MOST_OFFSET_HOURS = 24;
    private static final int MOST_OFFSET_MINUTES = 60;
    private static final int NANO_DIGITS = 9;

    private MomentParser() {}

    /**
     * Reads a value of a context (Go, time.Parse with RFC 3339).
     *
     * @param text the text
     * @return the moment, or null when the text is no timestamp
     */
    public static Moment parse(String text) {
        Matcher parts = LAX.matcher(text);
        if (!parts.matches()) {
            return null;
        }
        int offset = 0;
        if (parts.group(SIGN) != null) {
            int hours = number(parts, OFFSET_HOURS);
            int minutes = number(parts, OFFSET_MINUTES);
            if (hours > MOST_OFFSET_HOURS || minutes > MOST_OFFSET_MINUTES) {
                return null;
            }
            offset = (hours * 60 + minutes) * 60 * (parts.group(SIGN).equals("-") ? -1 : 1);
        }
        try {
            long local = LocalDateTime.of(
                            number(parts, YEAR),
                            number(parts, MONTH),
                            number(parts, DAY),
                            number(parts, HOUR),
                            number(parts, MINUTE),
                            number(parts, SECOND))
                    .toEpochSecond(ZoneOffset.UTC);
            return new Moment(local - offset, nanos(parts.group(FRACTION)), offset);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Reads what is given to {@code timestamp()}: two digits for the hour, a point, and the years 1 to 9999. */
    static Object ofExpression(String text) {
        Moment moment = STRICT.matcher(text).matches() ? parse(text) : null;
        if (moment == null) {
            return Failure.BAD_TIMESTAMP;
        }
        return Moment.isInRange(moment.seconds()) ? moment : Failure.OVERFLOW;
    }

    private static int number(Matcher parts, int group) {
        return Integer.parseInt(parts.group(group));
    }

    private static int nanos(String fraction) {
        if (fraction == null) {
            return 0;
        }
        String digits = fraction + "0".repeat(Math.max(0, NANO_DIGITS - fraction.length()));
        return Integer.parseInt(digits.substring(0, NANO_DIGITS));
    }
}
