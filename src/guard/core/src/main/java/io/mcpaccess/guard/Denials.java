package io.mcpaccess.guard;

/** How a client is told that it may not do something, beside the text that a model reads. */
public enum Denials {
    /** In plain words alone. */
    PLAIN,
    /**
     * With the structured denial of the MCP proposal SEP-2643 as well, which stops clients from trying again: reason {@code
     * insufficient_authorization}, remediation {@code undisclosed}, as the answer must be one and the same for what is
     * refused and what does not exist. The proposal is a draft (August 2026).
     */
    STRUCTURED
}
