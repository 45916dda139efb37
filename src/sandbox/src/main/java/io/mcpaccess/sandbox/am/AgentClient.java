package io.mcpaccess.sandbox.am;

import io.gravitee.am.model.oidc.Client;
import io.mcpaccess.sandbox.data.ApplicationRow;

/** AM 4.12's client of an agent application: what its newer {@code Client} has beyond that of AM 4.10. */
public final class AgentClient extends Client {
    private final ApplicationRow.Agent type;

    /**
     * Makes it; what every client has is set afterwards.
     *
     * @param type the kind of agent
     */
    AgentClient(ApplicationRow.Agent type) {
        this.type = type;
    }

    /** Always true. */
    public boolean isAgentApplication() {
        return true;
    }

    /** The kind of agent; its name is AM's. */
    public ApplicationRow.Agent getAgentType() {
        return type;
    }

    /** Null: instances name themselves in an assertion, which the sandbox does not take. */
    public String getAgentInstanceId() {
        return null;
    }
}
