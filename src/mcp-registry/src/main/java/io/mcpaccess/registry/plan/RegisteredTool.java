package io.mcpaccess.registry.plan;

import java.util.List;
import java.util.Objects;

/**
 * A tool as AM has it.
 *
 * @param key its key
 * @param description never null, possibly empty
 * @param scopes all of them are needed for a call
 */
public record RegisteredTool(String key, String description, List<String> scopes) {

    /** Turns what AM may leave null into empty values. */
    public RegisteredTool {
        Objects.requireNonNull(key, "key");
        description = description == null ? "" : description;
        scopes = scopes == null ? List.of() : List.copyOf(scopes);
    }
}
