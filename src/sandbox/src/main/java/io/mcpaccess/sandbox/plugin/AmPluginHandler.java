package io.mcpaccess.sandbox.plugin;

import io.gravitee.am.common.plugin.AmPlugin;
import io.gravitee.plugin.core.api.AbstractConfigurablePluginManager;
import io.gravitee.plugin.core.api.AbstractPluginHandler;
import io.gravitee.plugin.core.api.Plugin;
import io.gravitee.plugin.core.api.PluginClassLoaderFactory;

/**
 * Registers plugins of one AM type, as io.gravitee.am.plugins.handlers.api.plugin.AmPluginHandler does: an error while the plugin
 * class is made is logged and the plugin is absent.
 *
 * @param <T> the class that such plugins extend
 */
public final class AmPluginHandler<T extends AmPlugin<?, ?>> extends AbstractPluginHandler {
    private final String type;
    private final Class<?> spi;
    private final AbstractConfigurablePluginManager<T> plugins;
    private final PluginClassLoaderFactory<Plugin> loaders;

    /**
     * Makes a handler.
     *
     * @param type the manifest's type
     * @param spi the class that such plugins extend
     * @param plugins where they are registered
     * @param loaders class loaders by plugin id
     */
    public AmPluginHandler(
            String type,
            Class<?> spi,
            AbstractConfigurablePluginManager<T> plugins,
            PluginClassLoaderFactory<Plugin> loaders) {
        this.type = type;
        this.spi = spi;
        this.plugins = plugins;
        this.loaders = loaders;
    }

    @Override
    public boolean canHandle(Plugin plugin) {
        return type.equalsIgnoreCase(plugin.type());
    }

    @Override
    protected String type() {
        return type;
    }

    @Override
    protected ClassLoader getClassLoader(Plugin plugin) {
        return loaders.getOrCreateClassLoader(plugin, Plugin.class.getClassLoader());
    }

    @Override
    @SuppressWarnings("unchecked")
    protected void handle(Plugin plugin, Class<?> pluginClass) {
        try {
            T instance = (T) spi.cast(pluginClass.getDeclaredConstructor().newInstance());
            instance.setDelegate(plugin);
            plugins.register(instance);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            logger.error("Unexpected error while create plugin instance of {}", plugin.id(), e);
        }
    }
}
