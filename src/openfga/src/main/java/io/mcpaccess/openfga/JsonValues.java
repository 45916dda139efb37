package io.mcpaccess.openfga;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** JSON objects as immutable maps. {@code Map.copyOf} will not do: a JSON object may hold null. */
final class JsonValues {

    private JsonValues() {}

    static Map<String, Object> copyOf(Map<String, Object> json) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(json));
    }
}
