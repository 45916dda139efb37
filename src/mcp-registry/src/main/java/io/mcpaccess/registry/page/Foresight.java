package io.mcpaccess.registry.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.registry.impact.Impact;

/** Says what a change would do. Changes nothing; bounded, and blocks: for threads that may. */
@FunctionalInterface
public interface Foresight {

    /**
     * What a change would do.
     *
     * @param domainId the domain
     * @param change as a call of {@code mcp/impact} has it: {@code model}, {@code writes}, {@code deletes}
     * @param step run after each part; what it throws ends the calculation
     * @return who gains, who loses, what has to be approved anew
     */
    Impact of(String domainId, ObjectNode change, Runnable step);
}
