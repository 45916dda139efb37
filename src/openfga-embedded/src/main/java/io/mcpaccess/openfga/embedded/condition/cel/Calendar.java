package io.mcpaccess.openfga.embedded.condition.cel;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.ToLongFunction;

/** The functions that read a timestamp's parts, in UTC or in a zone, and a duration's length. */
final class Calendar {

    private static final int NANOS_OF_A_MILLISECOND = 1_000_000;
    private static final int DAYS_OF_A_WEEK = 7;

    private static final Map<String, ToLongFunction<LocalDateTime>> PARTS = Map.of(
            "getFullYear",
            LocalDateTime::getYear,
            "getMonth",
            at -> at.getMonthValue() - 1L,
            "getDayOfYear",
            at -> at.getDayOfYear() - 1L,
            "getDayOfMonth",
            at -> at.getDayOfMonth() - 1L,
            "getDate",
            LocalDateTime::getDayOfMonth,
            "getDayOfWeek",
            at -> at.getDayOfWeek().getValue() % DAYS_OF_A_WEEK,
            "getHours",
            LocalDateTime::getHour,
            "getMinutes",
            LocalDateTime::getMinute,
            "getSeconds",
            LocalDateTime::getSecond,
            "getMilliseconds",
            at -> at.getNano() / NANOS_OF_A_MILLISECOND);

    private static final Map<String, ToLongFunction<Span>> LENGTHS = Map.of(
            "getHours", Span::hours,
            "getMinutes", Span::minutes,
            "getSeconds", span -> (long) span.seconds(),
            "getMilliseconds", Span::milliseconds);

    private Calendar() {}

    /** The function by its name, for a receiver alone or with a zone; null where there is none. */
    static CelCall.Function function(String name, int arguments) {
        ToLongFunction<LocalDateTime> part = PARTS.get(name);
        if (part == null) {
            return null;
        }
        ToLongFunction<Span> length = LENGTHS.get(name);
        return arguments == 1 ? (value, none) -> read(value, part, length) : (value, zone) -> read(value, part, zone);
    }

    private static Object read(Object value, ToLongFunction<LocalDateTime> part, ToLongFunction<Span> length) {
        if (value instanceof Moment moment) {
            return part.applyAsLong(moment.utc());
        }
        return value instanceof Span span && length != null
                ? (Object) length.applyAsLong(span)
                : Arithmetic.noOverload(value);
    }

    private static Object read(Object value, ToLongFunction<LocalDateTime> part, Object zoneName) {
        if (!(value instanceof Moment moment) || !(zoneName instanceof String name)) {
            return Arithmetic.noOverload(value);
        }
        return Zones.find(name) instanceof Zones.Zone zone
                ? part.applyAsLong(LocalDateTime.ofEpochSecond(
                        moment.seconds() + zone.offset(moment.instant()), moment.nanos(), ZoneOffset.UTC))
                : (Object) Failure.BAD_ZONE;
    }
}
