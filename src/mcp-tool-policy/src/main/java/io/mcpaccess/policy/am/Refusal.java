package io.mcpaccess.policy.am;

/** What a client is told. The texts say nothing about tools, users or the engine. */
public enum Refusal {
    /** At least one requested scope has no tool that the user may call. */
    NO_CALLABLE_TOOL("mcp_tool_access_denied", "The requested scopes cannot be granted to this user."),
    /** It could not be decided. */
    DOUBT("mcp_tool_access_unavailable", "The requested scopes cannot be granted at the moment. Try again later.");

    private final String key;
    private final String message;

    Refusal(String key, String message) {
        this.key = key;
        this.message = message;
    }

    public String key() {
        return key;
    }

    public String message() {
        return message;
    }
}
