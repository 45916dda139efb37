package io.mcpaccess.core.spi;

import io.mcpaccess.core.authzen.Action;
import io.mcpaccess.core.authzen.FrozenObject;
import io.mcpaccess.core.authzen.Subject;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * The objects of one batch that crosses the SPI. The caller's side holds what is the same for many questions once; it is copied
 * once on this side as well. For one thread.
 */
final class SharedObjects {

    private Map<Object, Map<String, Object>> frozen;
    private Object subjectJson;
    private Subject subject;
    private Object actionJson;
    private Action action;

    /** Reads a subject, or finds the one that was read last where this is the same object. */
    Subject subject(Object json) {
        if (subject == null || json != subjectJson) {
            Map<String, Object> map = EngineSpiJson.object(json);
            subject = new Subject(
                    EngineSpiJson.text(map, "type"), EngineSpiJson.text(map, "id"), object(map.get("properties")));
            subjectJson = json;
        }
        return subject;
    }

    /** Reads an action, or finds the one that was read last where this is the same object. */
    Action action(Object json) {
        if (action == null || json != actionJson) {
            Map<String, Object> map = EngineSpiJson.object(json);
            action = new Action(EngineSpiJson.text(map, "name"), object(map.get("properties")));
            actionJson = json;
        }
        return action;
    }

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
