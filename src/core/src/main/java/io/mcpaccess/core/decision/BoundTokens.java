package io.mcpaccess.core.decision;

/** What holds for an access token in a question that is bound to a key or certificate ({@code cnf}, RFC 7800). */
public enum BoundTokens implements AccessSettings.Setting {
    /** It never counts. */
    REFUSE("refuse"),
    /** It counts where an MCP server says that it has checked the proof of possession. */
    PEP_PROVED("pepProved");

    private final String wireName;

    BoundTokens(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }
}
