package io.mcpaccess.openfga.embedded.condition;

import io.mcpaccess.openfga.embedded.model.ParameterType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.projectnessie.cel.common.ULong;

/**
 * Turns the JSON values of a context into values of the Common Expression Language, as strictly and as leniently as
 * OpenFGA does: numbers may be text, durations are Go's, timestamps RFC 3339.
 */
final class ParameterValues {

    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,3})?");
    /** Half of the last of the 64 bits is this part of the last of a double's 53. */
    private static final BigDecimal TOLERANCE = new BigDecimal(1 << 12);

    private static final Pattern RFC3339 =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[+-]\\d{2}:\\d{2})");

    private ParameterValues() {}

    /** Throws IllegalArgumentException, whose message does not repeat the value. */
    static Object convert(ParameterType type, Object value) {
        return switch (type.kind()) {
            case ANY -> dynamic(value);
            case BOOL -> expect(Boolean.class, value, "a bool");
            case STRING -> expect(String.class, value, "a string");
            case INT -> whole(value, "an int");
            case UINT -> unsigned(value);
            case DOUBLE -> floating(value);
            case DURATION -> GoDuration.parse(expect(String.class, value, "a duration string"));
            case TIMESTAMP -> timestamp(expect(String.class, value, "an RFC 3339 timestamp string"));
            case IPADDRESS -> IpAddress.parse(expect(String.class, value, "an ipaddress string"));
            case LIST -> list(type.element().orElseThrow(), value);
            case MAP -> map(type.element().orElseThrow(), value);
        };
    }

    /** JSON knows one kind of number, and OpenFGA reads it as a double where no type says otherwise. */
    private static Object dynamic(Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(ParameterValues::dynamic).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> converted = new LinkedHashMap<>();
            map.forEach((key, item) -> converted.put(key, dynamic(item)));
            return converted;
        }
        return value;
    }

    private static <T> T expect(Class<T> type, Object value, String what) {
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException("expected " + what + ", but found " + kindOf(value));
        }
        return type.cast(value);
    }

    /** A JSON number is a double before OpenFGA sees it, however it is written. */
    private static BigDecimal number(Object value, String what) {
        if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
            return new BigDecimal(number.doubleValue());
        }
        if (value instanceof String text && NUMBER.matcher(text).matches()) {
            return new BigDecimal(text);
        }
        throw new IllegalArgumentException("expected " + what + ", but found " + kindOf(value));
    }

    /** Text must be a number that a double holds, up to the 64 bits of precision with which OpenFGA reads it. */
    private static double floating(Object value) {
        BigDecimal number = number(value, "a double");
        double nearest = number.doubleValue();
        if (Double.isFinite(nearest)) {
            BigDecimal tolerance = new BigDecimal(Math.ulp(nearest)).divide(TOLERANCE);
            if (number.subtract(new BigDecimal(nearest)).abs().compareTo(tolerance) <= 0) {
                return nearest;
            }
        }
        throw new IllegalArgumentException("expected a double, but found a number that no double is equal to");
    }

    private static long whole(Object value, String what) {
        BigDecimal number = number(value, what);
        if (number.stripTrailingZeros().scale() > 0) {
            throw new IllegalArgumentException("expected " + what + ", but found a number with a fraction");
        }
        BigInteger integer = number.toBigInteger();
        if (integer.bitLength() > Long.SIZE - 1) {
            return integer.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        return integer.longValue();
    }

    private static ULong unsigned(Object value) {
        long number = whole(value, "a uint");
        if (number < 0) {
            throw new IllegalArgumentException("expected a uint, but found a negative number");
        }
        return ULong.valueOf(number);
    }

    private static Object timestamp(String text) {
        try {
            if (RFC3339.matcher(text).matches()) {
                return OffsetDateTime.parse(text).toZonedDateTime();
            }
        } catch (DateTimeException e) {
            // Falls through to the one message for all that is no timestamp.
        }
        throw new IllegalArgumentException("expected an RFC 3339 timestamp, such as 2026-01-31T08:00:00Z");
    }

    private static List<Object> list(ParameterType element, Object value) {
        List<?> items = expect(List.class, value, "a list");
        List<Object> converted = new ArrayList<>(items.size());
        for (Object item : items) {
            converted.add(convertItem(element, item, "list item " + converted.size()));
        }
        return converted;
    }

    private static Map<String, Object> map(ParameterType element, Object value) {
        Map<String, Object> converted = new LinkedHashMap<>();
        Map<?, ?> map = expect(Map.class, value, "a map");
        map.forEach((key, item) ->
                converted.put(String.valueOf(key), convertItem(element, item, "the value of a map's key")));
        return converted;
    }

    private static Object convertItem(ParameterType element, Object item, String where) {
        try {
            return convert(element, item);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
        }
    }

    private static String kindOf(Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof String) {
            return "a string of another form";
        }
        if (value instanceof Number) {
            return "a number";
        }
        if (value instanceof Boolean) {
            return "a bool";
        }
        return value instanceof List ? "a list" : "an object";
    }
}
