package io.mcpaccess.engine;

import io.mcpaccess.registry.am.NodeSetting;
import java.nio.file.Path;
import org.springframework.context.ApplicationContext;

/**
 * Which of AM's two nodes this is, and what its operator set. AM does not tell an engine; the management API has a
 * {@code PermissionService} among its beans, the gateway has not even the class.
 *
 * @param isManagement whether this is the management API, the one that may write the embedded store
 * @param embeddedDirectory the operator's directory for embedded stores ({@code mcp.embedded.dir} in gravitee.yml)
 */
record Node(boolean isManagement, Path embeddedDirectory) {

    private static final String PERMISSION_SERVICE = "io.gravitee.am.management.service.PermissionService";
    private static final String DIRECTORY_KEY = "mcp.embedded.dir";
    private static final String DIRECTORY_DEFAULT = "data/mcp";

    /**
     * Looks around.
     *
     * @param context the plugin's context, a child of the node's
     */
    static Node of(ApplicationContext context) {
        String directory = NodeSetting.find(context, DIRECTORY_KEY).orElse(DIRECTORY_DEFAULT);
        return new Node(hasPermissionService(context), Path.of(directory).toAbsolutePath());
    }

    private static boolean hasPermissionService(ApplicationContext context) {
        try {
            Class<?> type = Class.forName(PERMISSION_SERVICE, false, Node.class.getClassLoader());
            return context.getBeanProvider(type).stream().findAny().isPresent();
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
