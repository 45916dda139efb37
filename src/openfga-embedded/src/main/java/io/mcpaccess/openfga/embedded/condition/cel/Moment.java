package io.mcpaccess.openfga.embedded.condition.cel;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * A value of the type {@code timestamp}. Equal moments are one moment, whatever their offsets; the offset shows where a
 * timestamp is written as text.
 *
 * @param seconds seconds since 1970, UTC
 * @param nanos nanoseconds of the second, 0 to 999,999,999
 * @param offset seconds east of UTC, as it was written
 */
public record Moment(long seconds, int nanos, int offset) {

    /** The years 1 to 9999: only these come from a conversion or a sum. */
    private static final long FIRST = -62135596800L;

    private static final long LAST = 253402300799L;
    private static final int MINUTE = 60;

    static boolean isInRange(long seconds) {
        return seconds >= FIRST && seconds <= LAST;
    }

    boolean isSame(Moment other) {
        return seconds == other.seconds && nanos == other.nanos;
    }

    int compareTo(Moment other) {
        int order = Long.compare(seconds, other.seconds);
        return order != 0 ? order : Integer.compare(nanos, other.nanos);
    }

    Object plus(Span span) {
        long sum = nanos + span.nanos() % Span.SECOND;
        long total = seconds + span.nanos() / Span.SECOND + Math.floorDiv(sum, Span.SECOND);
        return isInRange(total) ? new Moment(total, (int) Math.floorMod(sum, Span.SECOND), offset) : Failure.OVERFLOW;
    }

    Object minus(Span span) {
        return span.nanos() == Long.MIN_VALUE ? Failure.OVERFLOW : plus(new Span(-span.nanos()));
    }

    Object minus(Moment other) {
        try {
            long whole = Math.multiplyExact(Math.subtractExact(seconds, other.seconds), Span.SECOND);
            return new Span(Math.addExact(whole, nanos - other.nanos));
        } catch (ArithmeticException e) {
            return Failure.OVERFLOW;
        }
    }

    LocalDateTime utc() {
        return LocalDateTime.ofEpochSecond(seconds, nanos, ZoneOffset.UTC);
    }

    Instant instant() {
        return Instant.ofEpochSecond(seconds, nanos);
    }

    /** As Go's RFC3339Nano: the offset as it was written, the fraction without zeros behind it. */
    @Override
    public String toString() {
        LocalDateTime local = LocalDateTime.ofEpochSecond(seconds + offset, nanos, ZoneOffset.UTC);
        StringBuilder text = new StringBuilder(String.format(
                "%04d-%02d-%02dT%02d:%02d:%02d",
                local.getYear(),
                local.getMonthValue(),
                local.getDayOfMonth(),
                local.getHour(),
                local.getMinute(),
                local.getSecond()));
        if (nanos != 0) {
            text.append(String.format(".%09d", nanos));
            while (text.charAt(text.length() - 1) == '0') {
                text.setLength(text.length() - 1);
            }
        }
        if (offset == 0) {
            return text.append('Z').toString();
        }
        int minutes = Math.abs(offset) / MINUTE;
        return text.append(offset < 0 ? '-' : '+')
                .append(String.format("%02d:%02d", minutes / MINUTE, minutes % MINUTE))
                .toString();
    }
}
