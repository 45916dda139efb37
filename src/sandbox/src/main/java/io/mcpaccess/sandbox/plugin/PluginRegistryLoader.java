package io.mcpaccess.sandbox.plugin;

import io.gravitee.common.event.EventManager;
import io.gravitee.plugin.core.api.PluginHandler;
import io.gravitee.plugin.core.internal.PluginEventListener;
import io.gravitee.plugin.core.internal.PluginRegistryConfiguration;
import io.gravitee.plugin.core.internal.PluginRegistryImpl;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.context.ApplicationContext;

/** Runs gravitee-plugin-core over a directory of ZIPs: duplicates, enable flags and deployment order are its own. */
public final class PluginRegistryLoader {
    private PluginRegistryLoader() {}

    /**
     * Loads the plugins of a node; blocks until they are registered.
     *
     * @param root the node's root context, with handlers and event manager
     * @param plugins the directory of ZIPs
     * @param workDirectory where to unpack them
     * @throws Exception where the directory cannot be read
     */
    public static void load(ApplicationContext root, Path plugins, Path workDirectory) throws Exception {
        Collection<PluginHandler> handlers =
                root.getBeansOfType(PluginHandler.class).values();
        EventManager events = root.getBean(EventManager.class);
        PluginEventListener deployment = new PluginEventListener(handlers, events, root.getEnvironment());
        deployment.start();

        PluginRegistryConfiguration configuration = new PluginRegistryConfiguration();
        configuration.setPluginsPath(new String[] {plugins.toString()});
        configuration.setPluginWorkDir(workDirectory.toString());
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try {
            new PluginRegistryImpl(configuration, root.getEnvironment(), executor, events, List.of()).start();
        } finally {
            executor.shutdown();
        }
    }
}
