package io.mcpaccess.registry.plan;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A tool as somebody wants it registered.
 *
 * @param key its name, exactly as the server has it; not checked yet
 * @param description what it does; empty leaves a registered description alone
 * @param scopes all the scopes that a call needs; empty means that nothing was said, an empty list that none is needed
 * @param hints what the server says about its effects
 * @param mapping which of its arguments the server wants conditions to look at
 */
public record DeclaredTool(
        String key,
        Optional<String> description,
        Optional<List<String>> scopes,
        ToolHints hints,
        ArgumentMapping mapping) {

    /** Takes a copy of the scopes without repeats. */
    public DeclaredTool {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(hints, "hints");
        Objects.requireNonNull(mapping, "mapping");
        scopes = scopes.map(list -> List.copyOf(new LinkedHashSet<>(list)));
    }

    /**
     * A tool without a mapping.
     *
     * @param key its name
     * @param description what it does
     * @param scopes all the scopes that a call needs
     * @param hints what the server says about its effects
     */
    public DeclaredTool(String key, Optional<String> description, Optional<List<String>> scopes, ToolHints hints) {
        this(key, description, scopes, hints, ArgumentMapping.NONE);
    }
}
