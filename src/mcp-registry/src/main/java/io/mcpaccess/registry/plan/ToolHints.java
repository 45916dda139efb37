package io.mcpaccess.registry.plan;

/**
 * What a server says about a tool's effects (MCP, {@code ToolAnnotations}). A server may lie, so hints are words for
 * people and never decide anything.
 *
 * @param readOnly {@code readOnlyHint}
 * @param destructive {@code destructiveHint}
 */
public record ToolHints(boolean readOnly, boolean destructive) {

    /** Nothing is said. */
    public static final ToolHints NONE = new ToolHints(false, false);

    /**
     * The hint as one word, for scope templates.
     *
     * @return {@code read}, {@code destructive} or {@code write}, the last also when nothing is said
     */
    public String access() {
        if (readOnly) {
            return "read";
        }
        return destructive ? "destructive" : "write";
    }
}
