package io.mcpaccess.engine;

import io.mcpaccess.registry.am.NodeSetting;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContext;

/**
 * Which of AM's two nodes this is, and what its operator set. AM does not tell an engine; the management API has a
 * {@code PermissionService} among its beans, the gateway has not even the class.
 *
 * @param isManagement whether this is the management API, the one that may write the embedded store
 * @param embeddedDirectory the operator's directory for embedded stores ({@code mcp.embedded.dir} in gravitee.yml)
 * @param embeddedAge how long an embedded store answers after its files were last seen as they are ({@code
 *     mcp.embedded.maxAgeSeconds}), 2 seconds to an hour
 */
record Node(boolean isManagement, Path embeddedDirectory, Duration embeddedAge) {

    private static final Logger LOG = LoggerFactory.getLogger(Node.class);

    private static final String PERMISSION_SERVICE = "io.gravitee.am.management.service.PermissionService";
    private static final String DIRECTORY_KEY = "mcp.embedded.dir";
    private static final String DIRECTORY_DEFAULT = "data/mcp";
    private static final String AGE_KEY = "mcp.embedded.maxAgeSeconds";
    private static final int AGE_DEFAULT = 10;

    /**
     * Looks around.
     *
     * @param context the plugin's context, a child of the node's
     */
    static Node of(ApplicationContext context) {
        String directory = NodeSetting.find(context, DIRECTORY_KEY).orElse(DIRECTORY_DEFAULT);
        return new Node(
                hasPermissionService(context), Path.of(directory).toAbsolutePath(), Duration.ofSeconds(age(context)));
    }

    private static int age(ApplicationContext context) {
        String text = NodeSetting.find(context, AGE_KEY).orElse("").strip();
        try {
            return text.isEmpty() ? AGE_DEFAULT : Values.between(AGE_KEY, Integer.valueOf(text), AGE_DEFAULT, 2, 3600);
        } catch (IllegalArgumentException e) {
            LOG.error("{} must be 2 to 3600 seconds; {} is used", AGE_KEY, AGE_DEFAULT);
            return AGE_DEFAULT;
        }
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
