package io.mcpaccess.registry.am;

import java.util.Optional;

/** Finds beans of AM's management API: the engine's application context, seen through one method. */
public interface AmBeans {

    /**
     * Finds the bean of a type, the primary one where there are several.
     *
     * @param type the type
     * @param <T> the type
     * @return the bean; empty where this node has none
     */
    <T> Optional<T> find(Class<T> type);
}
