package io.mcpaccess.registry.plan;

import java.util.Locale;

/** What a plan does to a server, a tool or a scope. */
public enum PlannedChange {
    /** It is new. */
    ADDED,
    /** It is there and will be different. */
    CHANGED,
    /** It is there and will be gone. */
    REMOVED,
    /** It is there and stays as it is. */
    UNCHANGED,
    /** It was asked for and is left as it is, for the reason given. */
    REFUSED;

    /**
     * The name in answers.
     *
     * @return the lower-case name
     */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
