package io.mcpaccess.openfga.embedded.condition.cel;

import java.util.Set;

/** The functions that are named as types. */
final class Conversions {

    private static final Set<String> TRUE = Set.of("1", "t", "T", "TRUE", "true", "True");
    private static final Set<String> FALSE = Set.of("0", "f", "F", "FALSE", "false", "False");

    private Conversions() {}

    static Object toBool(Object value) {
        if (value instanceof String text) {
            return TRUE.contains(text) ? (Object) true : FALSE.contains(text) ? (Object) false : Failure.CONVERSION;
        }
        return value instanceof Boolean ? value : Failure.NO_OVERLOAD;
    }

    static Object toBytes(Object value) {
        return value instanceof String text ? Bytes.of(text) : value instanceof Bytes ? value : Failure.NO_OVERLOAD;
    }

    static Object toDouble(Object value) {
        if (value instanceof Long number) {
            return (double) number;
        }
        if (value instanceof Uint number) {
            return number.asDouble();
        }
        if (value instanceof String text) {
            return GoNumbers.parseDouble(text);
        }
        return value instanceof Double ? value : Failure.NO_OVERLOAD;
    }

    static Object toDuration(Object value) {
        if (value instanceof String text) {
            Span span = Span.parse(text);
            return span == null ? Failure.BAD_DURATION : span;
        }
        return value instanceof Span ? value : Failure.NO_OVERLOAD;
    }

    static Object toInt(Object value) {
        if (value instanceof Double number) {
            return Numbers.toInt(number);
        }
        if (value instanceof String text) {
            return GoNumbers.parseInt(text);
        }
        if (value instanceof Uint number) {
            return number.bits() < 0 ? Failure.OVERFLOW : (Object) number.bits();
        }
        if (value instanceof Span span) {
            return span.nanos();
        }
        if (value instanceof Moment moment) {
            return moment.seconds();
        }
        return value instanceof Long ? value : Failure.NO_OVERLOAD;
    }

    static Object toText(Object value) {
        if (value instanceof Double number) {
            return GoNumbers.shortest(number);
        }
        if (value instanceof Span span) {
            return GoNumbers.plain(span.seconds()) + "s";
        }
        if (value instanceof Bytes bytes) {
            return bytes.asText();
        }
        boolean isWritten = value instanceof String
                || value instanceof Boolean
                || value instanceof Long
                || value instanceof Uint
                || value instanceof Moment;
        return isWritten ? value.toString() : Failure.NO_OVERLOAD;
    }

    static Object toTimestamp(Object value) {
        if (value instanceof String text) {
            return MomentParser.ofExpression(text);
        }
        if (value instanceof Long seconds) {
            return Moment.isInRange(seconds) ? new Moment(seconds, 0, 0) : Failure.OVERFLOW;
        }
        return value instanceof Moment ? value : Failure.NO_OVERLOAD;
    }

    static Object toUint(Object value) {
        if (value instanceof Double number) {
            return Numbers.toUint(number);
        }
        if (value instanceof String text) {
            return GoNumbers.parseUint(text);
        }
        if (value instanceof Long number) {
            return number < 0 ? Failure.OVERFLOW : new Uint(number);
        }
        return value instanceof Uint ? value : Failure.NO_OVERLOAD;
    }

    static Object toAddress(Object value) {
        if (value instanceof String text) {
            IpAddress address = IpAddress.parse(text);
            return address == null ? Failure.BAD_ADDRESS : address;
        }
        return Failure.NO_OVERLOAD;
    }
}
