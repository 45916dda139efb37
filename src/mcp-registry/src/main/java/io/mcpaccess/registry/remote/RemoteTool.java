package io.mcpaccess.registry.remote;

import io.mcpaccess.registry.plan.ArgumentMapping;
import io.mcpaccess.registry.plan.ToolHints;
import java.util.Objects;

/**
 * A tool as its server offers it.
 *
 * @param name its name, unchecked
 * @param description its description, unchecked; empty where it has none
 * @param hints what its annotations say
 * @param mapping which arguments its schema names for conditions
 */
public record RemoteTool(String name, String description, ToolHints hints, ArgumentMapping mapping) {

    /** Nothing is null. */
    public RemoteTool {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(hints, "hints");
        Objects.requireNonNull(mapping, "mapping");
    }
}
