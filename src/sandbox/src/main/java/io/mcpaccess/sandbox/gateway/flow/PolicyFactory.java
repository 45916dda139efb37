package io.mcpaccess.sandbox.gateway.flow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gravitee.plugin.core.api.ConfigurablePluginManager;
import io.gravitee.plugin.core.api.Plugin;
import io.gravitee.plugin.core.api.PluginClassLoaderFactory;
import io.gravitee.plugin.policy.PolicyPlugin;
import io.gravitee.policy.api.PolicyConfiguration;
import java.lang.reflect.Constructor;
import java.util.List;

/**
 * Makes policies as AM's PolicyPluginManagerImpl does: a class loader of the plugin's own, the configuration class of its jar, and
 * a constructor that takes the configuration or nothing.
 */
final class PolicyFactory {
    private final ConfigurablePluginManager<PolicyPlugin<?>> plugins;
    private final PluginClassLoaderFactory<Plugin> loaders;
    private final ObjectMapper configurations = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .build();

    PolicyFactory(ConfigurablePluginManager<PolicyPlugin<?>> plugins, PluginClassLoaderFactory<Plugin> loaders) {
        this.plugins = plugins;
        this.loaders = loaders;
    }

    /**
     * Makes a policy.
     *
     * @param id the plugin
     * @param conditions expressions that must all hold
     * @param configuration JSON text
     * @return the step
     * @throws ReflectiveOperationException where the plugin's classes cannot be used
     * @throws JsonProcessingException where the configuration does not fit
     */
    PolicyStep create(String id, List<String> conditions, String configuration)
            throws ReflectiveOperationException, JsonProcessingException {
        PolicyPlugin<?> plugin = plugins.get(id);
        if (plugin == null) {
            throw new IllegalStateException("There is no policy plugin " + id);
        }
        ClassLoader loader = loaders.getOrCreateClassLoader(plugin, Plugin.class.getClassLoader());
        Class<?> type = loader.loadClass(plugin.policy().getName());
        Class<?> configurationType = loader.loadClass(plugin.configuration().getName());
        return new PolicyStep(
                id,
                conditions,
                instance(type, configurations.readValue(configuration, configurationType)),
                PolicyStep.onRequest(type));
    }

    private static Object instance(Class<?> type, Object configuration) throws ReflectiveOperationException {
        for (Constructor<?> constructor : type.getConstructors()) {
            Class<?>[] parameters = constructor.getParameterTypes();
            if (parameters.length == 1 && PolicyConfiguration.class.isAssignableFrom(parameters[0])) {
                return constructor.newInstance(configuration);
            }
        }
        return type.getConstructor().newInstance();
    }
}
