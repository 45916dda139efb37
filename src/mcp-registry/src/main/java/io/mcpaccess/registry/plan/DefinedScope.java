package io.mcpaccess.registry.plan;

import java.util.Objects;

/**
 * A scope of a domain (AM class {@code Scope}).
 *
 * @param key what tokens carry
 * @param name what people see
 * @param description what people see
 */
public record DefinedScope(String key, String name, String description) {

    /** Turns what AM may leave null into empty values. */
    public DefinedScope {
        Objects.requireNonNull(key, "key");
        name = name == null ? key : name;
        description = description == null ? "" : description;
    }
}
