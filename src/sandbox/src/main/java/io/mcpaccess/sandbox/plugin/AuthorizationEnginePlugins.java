package io.mcpaccess.sandbox.plugin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gravitee.am.authorizationengine.api.AuthorizationEngine;
import io.gravitee.am.authorizationengine.api.AuthorizationEngineProvider;
import io.gravitee.plugin.core.api.AbstractConfigurablePluginManager;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Import;

/**
 * The authorization engines of a node and how AM makes their providers
 * (io.gravitee.am.plugins.authorizationengine.core.AuthorizationEnginePluginManager): configuration through Jackson, a child of
 * the node's root context that holds it, then the provider by constructor injection. Nobody but the provider closes that context.
 */
public final class AuthorizationEnginePlugins extends AbstractConfigurablePluginManager<AuthorizationEngine<?, ?>> {
    /** The manifest type. */
    public static final String TYPE = "authorization-engine";

    private static final Logger LOG = LoggerFactory.getLogger(AuthorizationEnginePlugins.class);

    private final ObjectMapper configurations = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .build();
    private final ApplicationContext root;

    /**
     * Makes the manager.
     *
     * @param root the node's root context, parent of every provider's
     */
    public AuthorizationEnginePlugins(ApplicationContext root) {
        this.root = root;
    }

    /**
     * Makes and starts a provider.
     *
     * @param type the plugin's id
     * @param configuration JSON text
     * @return the started provider, empty where the plugin is missing or failed, which is logged without the configuration
     */
    public Optional<AuthorizationEngineProvider> create(String type, String configuration) {
        AuthorizationEngine<?, ?> plugin = get(type);
        if (plugin == null) {
            LOG.error("There is no authorization engine plugin {}", type);
            return Optional.empty();
        }
        try {
            return Optional.of(start(plugin, configurations.readValue(configuration, plugin.configuration())));
        } catch (JsonProcessingException e) {
            LOG.error(
                    "The configuration of engine {} cannot be read: {}",
                    type,
                    e.getClass().getSimpleName());
        } catch (Exception | LinkageError e) {
            LOG.error("The authorization engine {} cannot be created", type, e);
        }
        return Optional.empty();
    }

    private AuthorizationEngineProvider start(AuthorizationEngine<?, ?> plugin, Object configuration) throws Exception {
        Class<? extends AuthorizationEngineProvider> type = plugin.provider();
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.setParent(root);
        context.setClassLoader(type.getClassLoader());
        context.getBeanFactory().registerSingleton("configuration", configuration);
        Import imports = type.getAnnotation(Import.class);
        if (imports != null) {
            context.register(imports.value());
        }
        context.refresh();
        AuthorizationEngineProvider provider =
                context.getAutowireCapableBeanFactory().createBean(type);
        provider.start();
        return provider;
    }
}
