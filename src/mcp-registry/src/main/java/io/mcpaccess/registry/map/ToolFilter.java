package io.mcpaccess.registry.map;

import io.mcpaccess.registry.plan.RegisteredServer;
import io.mcpaccess.registry.plan.RegisteredTool;
import java.util.Locale;

/** What people type to find tools. */
public final class ToolFilter {

    private ToolFilter() {}

    /**
     * Whether the server's name, the tool's key or one of its scopes contains a text.
     *
     * @param text in lower case; an empty one finds everything
     * @param server the server
     * @param tool a tool of it
     * @return whether it is found
     */
    public static boolean matches(String text, RegisteredServer server, RegisteredTool tool) {
        return contains(server.name(), text)
                || contains(tool.key(), text)
                || tool.scopes().stream().anyMatch(scope -> contains(scope, text));
    }

    private static boolean contains(String name, String text) {
        return name.toLowerCase(Locale.ROOT).contains(text);
    }
}
