package io.mcpaccess.core.authzen;

import java.util.Map;
import java.util.Objects;

/**
 * The resource of an access question (AuthZEN 1.0, section 5).
 *
 * @param type the kind of resource, not empty
 * @param id its identifier, unique within the type, not empty
 * @param properties what else the caller says about it; JSON values, never {@code null}, unmodifiable
 */
public record Resource(String type, String id, Map<String, Object> properties) {

    public Resource {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(id, "id");
        properties = FrozenObject.of(properties);
    }

    /**
     * A resource without properties.
     *
     * @param type the kind of resource
     * @param id its identifier
     * @return the resource
     */
    public static Resource of(String type, String id) {
        return new Resource(type, id, Map.of());
    }

    /** Names the type and the identifier alone: properties may hold personal data. */
    @Override
    public String toString() {
        return type + ":" + id;
    }
}
