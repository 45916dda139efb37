package io.mcpaccess.registry.page;

import io.mcpaccess.registry.plan.InvalidDeclarationException;
import java.util.Arrays;
import java.util.Locale;

/** The views of the page, in the order of its menu. */
public enum View {
    /** MCP servers, their tools and what is odd about them. */
    SERVERS,
    /** Who may call what. */
    WHO,
    /** Why one subject may or may not call one tool. */
    WHY,
    /** What was refused lately. */
    REFUSED,
    /** What a change would do. */
    WHATIF;

    /**
     * Finds a view.
     *
     * @param name its name in the query; null or empty means the first
     * @return the view
     * @throws InvalidDeclarationException if there is no such view
     */
    public static View named(String name) {
        if (name == null || name.isEmpty()) {
            return SERVERS;
        }
        return Arrays.stream(values())
                .filter(view -> view.wireName().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new InvalidDeclarationException("view must be servers, who, why, refused or whatif."));
    }

    /**
     * The name in the query and in the audit.
     *
     * @return the lower-case name
     */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
