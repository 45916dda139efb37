package io.mcpaccess.core.authzen;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Copies of JSON objects held as maps. */
final class JsonObjects {

    private JsonObjects() {}

    /**
     * {@link Map#copyOf} refuses the {@code null} values that JSON allows, so this copy is kept by hand.
     *
     * @param source a JSON object as a map, {@code null} meaning that the member is absent
     * @return an unmodifiable shallow copy in the same order, never {@code null}
     */
    static Map<String, Object> copy(Map<String, Object> source) {
        return source == null || source.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(source));
    }
}
