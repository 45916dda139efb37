package io.mcpaccess.registry.plan;

import java.util.Map;
import java.util.Set;

/** Looks up scopes of a domain. */
@FunctionalInterface
public interface ScopeLookup {

    /**
     * Which of some scopes the domain defines.
     *
     * @param keys the scopes' keys
     * @return those that are defined, by key
     */
    Map<String, DefinedScope> defined(Set<String> keys);
}
