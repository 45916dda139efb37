package io.mcpaccess.core.authzen;

import java.util.Map;
import java.util.Objects;

/**
 * The subject of an access question (AuthZEN 1.0, section 5).
 *
 * @param type the kind of subject, not empty
 * @param id its identifier, unique within the type, not empty
 * @param properties what else the caller says about it; JSON values, never {@code null}, unmodifiable
 */
public record Subject(String type, String id, Map<String, Object> properties) {

    public Subject {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(id, "id");
        properties = FrozenObject.of(properties);
    }

    /**
     * A subject without properties.
     *
     * @param type the kind of subject
     * @param id its identifier
     * @return the subject
     */
    public static Subject of(String type, String id) {
        return new Subject(type, id, Map.of());
    }

    /** Names the type and the identifier alone: properties may hold personal data. */
    @Override
    public String toString() {
        return type + ":" + id;
    }
}
