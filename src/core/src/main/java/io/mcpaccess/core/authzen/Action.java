package io.mcpaccess.core.authzen;

import java.util.Map;
import java.util.Objects;

/**
 * What the subject wants to do (AuthZEN 1.0, section 5).
 *
 * @param name the action's name, not empty
 * @param properties what else the caller says about it; JSON values, never {@code null}, unmodifiable
 */
public record Action(String name, Map<String, Object> properties) {

    public Action {
        Objects.requireNonNull(name, "name");
        properties = FrozenObject.of(properties);
    }

    /**
     * An action without properties.
     *
     * @param name the action's name
     * @return the action
     */
    public static Action of(String name) {
        return new Action(name, Map.of());
    }

    /** Gives the name alone: properties may hold tool arguments. */
    @Override
    public String toString() {
        return name;
    }
}
