package io.mcpaccess.openfga.embedded.condition;

import io.mcpaccess.openfga.embedded.condition.cel.ContextValues;
import io.mcpaccess.openfga.embedded.condition.cel.IpAddress;
import io.mcpaccess.openfga.embedded.condition.cel.MomentParser;
import io.mcpaccess.openfga.embedded.condition.cel.ParameterType;
import io.mcpaccess.openfga.embedded.condition.cel.Span;
import io.mcpaccess.openfga.embedded.condition.cel.Uint;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Turns the JSON values of a context into values of the Common Expression Language, as strictly and as leniently as
 * OpenFGA does: numbers may be text, durations are Go's, timestamps RFC 3339.
 */
final class ParameterValues {

    private static final Set<String> INFINITE = Set.of("Inf", "inf", "+Inf", "+inf", "-Inf", "-inf");

    private ParameterValues() {}

    /** Throws IllegalArgumentException, whose message does not repeat the value. */
    static Object convert(ParameterType type, Object value) {
        return switch (type.kind()) {
            case ANY -> ContextValues.value(value);
            case BOOL -> expect(Boolean.class, value, "a bool");
            case STRING -> expect(String.class, value, "a string");
            case INT -> whole(value, "an int");
            case UINT -> unsigned(value);
            case DOUBLE -> floating(value);
            case DURATION ->
                known(Span.parse(expect(String.class, value, "a duration string")), "a duration, such as 1h30m or 45s");
            case TIMESTAMP ->
                known(
                        MomentParser.parse(expect(String.class, value, "an RFC 3339 timestamp string")),
                        "an RFC 3339 timestamp, such as 2026-01-31T08:00:00Z");
            case IPADDRESS ->
                known(IpAddress.parse(expect(String.class, value, "an ipaddress string")), "a well-formed IP address");
            case LIST -> list(type.element().orElseThrow(), value);
            case MAP -> map(type.element().orElseThrow(), value);
        };
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
        if (value instanceof String text) {
            Optional<BigDecimal> number = NumberText.parse(text);
            if (number.isPresent()) {
                return number.get();
            }
        }
        throw new IllegalArgumentException("expected " + what + ", but found " + kindOf(value));
    }

    /** Text must be a number that a double holds exactly, up to the 64 bits of precision with which OpenFGA reads it. */
    private static double floating(Object value) {
        if (value instanceof String text && INFINITE.contains(text)) {
            return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        BigDecimal number = number(value, "a double");
        if (value instanceof Number given) {
            return given.doubleValue();
        }
        double nearest = number.doubleValue();
        if (Double.isFinite(nearest) && number.compareTo(new BigDecimal(nearest)) == 0) {
            return nearest;
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

    private static Uint unsigned(Object value) {
        long number = whole(value, "a uint");
        if (number < 0) {
            throw new IllegalArgumentException("expected a uint, but found a negative number");
        }
        return new Uint(number);
    }

    private static <T> T known(T parsed, String what) {
        if (parsed == null) {
            throw new IllegalArgumentException("expected " + what);
        }
        return parsed;
    }

    private static Object list(ParameterType element, Object value) {
        List<?> items = expect(List.class, value, "a list");
        List<Object> converted = new ArrayList<>(items.size());
        for (Object item : items) {
            converted.add(convertItem(element, item, "list item " + converted.size()));
        }
        return ContextValues.list(converted);
    }

    private static Object map(ParameterType element, Object value) {
        Map<Object, Object> converted = new LinkedHashMap<>();
        Map<?, ?> map = expect(Map.class, value, "a map");
        map.forEach((key, item) ->
                converted.put(String.valueOf(key), convertItem(element, item, "the value of a map's key")));
        return ContextValues.map(converted);
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
