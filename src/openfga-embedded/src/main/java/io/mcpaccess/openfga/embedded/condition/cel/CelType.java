package io.mcpaccess.openfga.embedded.condition.cel;

import java.util.Map;

/**
 * A type as a value of an expression, such as {@code type(x)}.
 *
 * @param name as cel-go writes it
 */
record CelType(String name) {

    private static final CelType BOOL = new CelType("bool");
    private static final CelType BYTES = new CelType("bytes");
    private static final CelType DOUBLE = new CelType("double");
    private static final CelType DURATION = new CelType("google.protobuf.Duration");
    private static final CelType INT = new CelType("int");
    private static final CelType LIST = new CelType("list");
    private static final CelType MAP = new CelType("map");
    private static final CelType NULL = new CelType("null_type");
    private static final CelType STRING = new CelType("string");
    private static final CelType TIMESTAMP = new CelType("google.protobuf.Timestamp");
    private static final CelType TYPE = new CelType("type");
    private static final CelType UINT = new CelType("uint");
    private static final CelType ADDRESS = new CelType(IpAddress.TYPE_NAME);

    private static final Map<Class<?>, CelType> OF_CLASSES = Map.ofEntries(
            Map.entry(Boolean.class, BOOL),
            Map.entry(Bytes.class, BYTES),
            Map.entry(Double.class, DOUBLE),
            Map.entry(Span.class, DURATION),
            Map.entry(Long.class, INT),
            Map.entry(CelList.class, LIST),
            Map.entry(CelMap.class, MAP),
            Map.entry(Nothing.class, NULL),
            Map.entry(String.class, STRING),
            Map.entry(Moment.class, TIMESTAMP),
            Map.entry(CelType.class, TYPE),
            Map.entry(Uint.class, UINT),
            Map.entry(IpAddress.class, ADDRESS));

    static CelType of(Object value) {
        return OF_CLASSES.get(value.getClass());
    }
}
