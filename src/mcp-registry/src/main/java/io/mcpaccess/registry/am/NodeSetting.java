package io.mcpaccess.registry.am;

import java.util.Optional;
import org.springframework.context.ApplicationContext;

/** Reads settings of gravitee.yml. A plugin's own context does not have the environment of its parents. */
public final class NodeSetting {

    private NodeSetting() {}

    /**
     * Looks a setting up.
     *
     * @param context the plugin's context, a child of the node's
     * @param key the setting's key, such as {@code mcp.embedded.dir}
     * @return its value in the nearest context that has it; empty where none has
     */
    public static Optional<String> find(ApplicationContext context, String key) {
        for (ApplicationContext each = context; each != null; each = each.getParent()) {
            String value = each.getEnvironment().getProperty(key);
            if (value != null) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }
}
