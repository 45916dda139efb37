package io.mcpaccess.registry.am;

import io.mcpaccess.registry.plan.RegistryException;

/** AM's services, looked up when they are needed: a node that lacks one can still do the rest. */
public final class AmServices {

    private final AmBeans beans;

    /**
     * Services of one node.
     *
     * @param beans where they are found
     */
    public AmServices(AmBeans beans) {
        this.beans = beans;
    }

    /**
     * A service that this call cannot do without.
     *
     * @param type AM's type
     * @param <T> AM's type
     * @return the service
     * @throws RegistryException with status 501 where there is none
     */
    public <T> T need(Class<T> type) {
        return beans.find(type)
                .orElseThrow(() -> new RegistryException(
                        501,
                        "This node of AM has no " + type.getSimpleName()
                                + ". This works on the management API of AM 4.10 or later."));
    }
}
