package io.mcpaccess.core.spi;

import io.mcpaccess.core.authzen.FrozenObject;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * The objects of one batch that crosses the SPI. The caller's side holds what is the same for many questions once; it is copied
 * once on this side as well. For one thread.
 */
final class SharedObjects {

    private Map<Object, Map<String, Object>> frozen;

    /**
     * Copies an object, or finds the copy that was made.
     *
     * @param json properties or a context, {@code null} where there are none
     * @return the copy, unmodifiable
     */
    Map<String, Object> object(Object json) {
        if (json == null || json instanceof Map<?, ?> map && map.isEmpty()) {
            return Map.of();
        }
        if (frozen == null) {
            frozen = new IdentityHashMap<>();
        }
        Map<String, Object> known = frozen.get(json);
        if (known == null) {
            known = FrozenObject.of(EngineSpiJson.object(json));
            frozen.put(json, known);
        }
        return known;
    }
}
