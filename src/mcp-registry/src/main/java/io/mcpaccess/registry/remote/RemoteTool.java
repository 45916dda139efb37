package io.mcpaccess.registry.remote;

import io.mcpaccess.registry.plan.ToolHints;
import java.util.Objects;

/**
 * A tool as its server offers it.
 *
 * @param name its name, unchecked
 * @param description its description, unchecked; empty where it has none
 * @param hints what its annotations say
 */
public record RemoteTool(String name, String description, ToolHints hints) {

    /** Nothing is null. */
    public RemoteTool {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(hints, "hints");
    }
}
