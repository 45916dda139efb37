package io.mcpaccess.openfga.embedded.condition.cel;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** A map: one that JSON gave, whose keys are texts, or one that the expression made. */
final class CelMap {

    private final Map<Object, Object> entries;
    private final boolean fromJson;

    private CelMap(Map<Object, Object> entries, boolean fromJson) {
        this.entries = entries;
        this.fromJson = fromJson;
    }

    static CelMap fromJson(Map<Object, Object> entries) {
        return new CelMap(entries, true);
    }

    /** Entries of the expression; the last of equal keys counts. */
    static CelMap made(Object[] keys, Object[] values) {
        Map<Object, Object> entries = new HashMap<>(2 * keys.length);
        for (int i = 0; i < keys.length; i++) {
            entries.put(key(keys[i]), values[i]);
        }
        return new CelMap(entries, false);
    }

    /** Bytes cannot be looked up in OpenFGA: it gives up the evaluation. */
    private static Object key(Object key) {
        if (key instanceof Bytes) {
            throw new EvaluationAbandonedException("bytes as the key of a map");
        }
        return key instanceof Double number && number == 0 ? (Object) 0.0 : key;
    }

    int size() {
        return entries.size();
    }

    Set<Object> keys() {
        return entries.keySet();
    }

    /** The value, or null. A whole number finds the same number of another type, where the expression made the map. */
    Object find(Object key) {
        if (fromJson) {
            return key instanceof String ? entries.get(key) : null;
        }
        if (entries.isEmpty()) {
            return null;
        }
        Object found = key instanceof Double number && number.isNaN() ? null : entries.get(key(key));
        return found != null ? found : findNumber(key);
    }

    private Object findNumber(Object key) {
        if (key instanceof Double number) {
            Object found = Numbers.lossless(number) instanceof Long whole ? entries.get(whole) : null;
            return found == null && Numbers.losslessUint(number) instanceof Uint unsigned
                    ? entries.get(unsigned)
                    : found;
        }
        if (key instanceof Long number && number >= 0) {
            return entries.get(new Uint(number));
        }
        return key instanceof Uint number && number.bits() >= 0 ? entries.get(number.bits()) : null;
    }
}
