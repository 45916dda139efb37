package io.mcpaccess.core.decision;

/** Which name of an agent application permissions are written with, both for its own tokens and as an actor. */
public enum AgentSubject implements AccessSettings.Setting {
    /** The client id: one permission for all instances. */
    BLUEPRINT("blueprint"),
    /** The instance's id, which the instance may have chosen itself. */
    INSTANCE("instance");

    private final String wireName;

    AgentSubject(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }
}
