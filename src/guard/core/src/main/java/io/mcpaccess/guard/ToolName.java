package io.mcpaccess.guard;

import java.util.regex.Pattern;

/** The names that a tool can have (MCP, server/tools): nothing else is asked about, logged or listed. */
final class ToolName {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,128}");

    private ToolName() {}

    static boolean isPossible(String name) {
        return NAME.matcher(name).matches();
    }
}
