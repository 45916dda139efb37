package io.mcpaccess.guard.oauth;

/** Whose token it is. An application or agent never passes for a user of the same name. */
public enum CallerKind {
    /** A user's, whoever carries it. */
    USER("user"),
    /** An application's own (RFC 6749, section 4.4). */
    APPLICATION("application"),
    /** An agent's own: of an instance, under the client that is its blueprint (AM 4.12 and later). */
    AGENT("agent");

    private final String type;

    CallerKind(String type) {
        this.type = type;
    }

    /**
     * @return the type of the AuthZEN subject
     */
    public String type() {
        return type;
    }
}
