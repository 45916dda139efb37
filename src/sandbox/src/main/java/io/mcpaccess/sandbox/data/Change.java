package io.mcpaccess.sandbox.data;

/**
 * A row of AM's events table: what one node changed and the other should hear of.
 *
 * @param type what kind of thing changed
 * @param action what happened to it
 * @param domain the domain it belongs to
 * @param id its identifier
 */
public record Change(Type type, Action action, String domain, String id) {
    /** The topic on the event bus. */
    public static final String TOPIC = "changes";

    private static final String SEPARATOR = "\n";

    /** What kind of thing changed. */
    public enum Type {
        /** An authorization engine. */
        AUTHORIZATION_ENGINE,
        /** A protected resource. */
        PROTECTED_RESOURCE,
        /** A flow. */
        FLOW,
        /** A page of a domain's own. */
        FORM
    }

    /** What happened. */
    public enum Action {
        /** It is new. */
        CREATE,
        /** It changed. */
        UPDATE,
        /** It is gone. */
        DELETE
    }

    /**
     * The change as a message.
     *
     * @return text for {@link #parse}
     */
    public String message() {
        return String.join(SEPARATOR, type.name(), action.name(), domain, id);
    }

    /**
     * Reads a message.
     *
     * @param message what {@link #message} made
     * @return the change
     */
    public static Change parse(String message) {
        String[] parts = message.split(SEPARATOR, -1);
        return new Change(Type.valueOf(parts[0]), Action.valueOf(parts[1]), parts[2], parts[3]);
    }
}
