package io.mcpaccess.openfga.embedded.condition.cel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns what JSON holds into values of an expression. */
public final class ContextValues {

    private ContextValues() {}

    /**
     * A value whose type nothing says. JSON knows one kind of number, and OpenFGA reads it as a double.
     *
     * @param value what a JSON parser gave: null, Boolean, Number, String, List or Map
     * @return the value
     */
    public static Object value(Object value) {
        if (value == null) {
            return Nothing.NULL;
        }
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        if (value instanceof List<?> list) {
            return list(list.stream().map(ContextValues::value).toList());
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> converted = new LinkedHashMap<>();
            map.forEach((key, item) -> converted.put(key, value(item)));
            return map(converted);
        }
        return value;
    }

    /**
     * A list of values.
     *
     * @param items the items, values of an expression already
     * @return the list
     */
    public static Object list(List<Object> items) {
        return new CelList(items);
    }

    /**
     * A map of values, whose keys are text.
     *
     * @param entries the entries, values of an expression already
     * @return the map
     */
    public static Object map(Map<Object, Object> entries) {
        return CelMap.fromJson(entries);
    }
}
