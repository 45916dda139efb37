package io.mcpaccess.sandbox.plugin;

import io.gravitee.am.gateway.handler.api.Protocol;
import io.gravitee.am.gateway.handler.api.ProtocolProvider;
import io.gravitee.plugin.core.api.AbstractConfigurablePluginManager;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationContextAware;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * The protocol plugins of the gateway and how AM makes their providers
 * (io.gravitee.am.plugins.protocol.core.ProtocolPluginManager): a no-argument constructor, then a child of the domain's context
 * with the plugin's configuration class, then autowiring. A provider that fails is logged and missing.
 */
public final class ProtocolPlugins extends AbstractConfigurablePluginManager<Protocol<?, ?>> {
    /** The manifest type. */
    public static final String TYPE = "protocol";

    /** The identifiers that AM 4.10 asks for, in its order; the sandbox itself answers for the first two. */
    private static final List<String> IDS =
            List.of("discovery", "openid-connect", "scim", "users", "saml2", "account", "saml2-idp", "authzen");

    private static final Logger LOG = LoggerFactory.getLogger(ProtocolPlugins.class);

    /**
     * Makes and starts a provider of each protocol plugin for a domain.
     *
     * @param domain the domain's context
     * @return the started providers
     */
    public List<ProtocolProvider> createAll(ApplicationContext domain) {
        List<ProtocolProvider> providers = new ArrayList<>();
        for (String id : IDS) {
            Protocol<?, ?> plugin = get(id);
            if (plugin != null) {
                try {
                    providers.add(start(plugin, domain));
                } catch (Exception | LinkageError e) {
                    LOG.error("The protocol {} cannot be started", id, e);
                }
            }
        }
        return providers;
    }

    private static ProtocolProvider start(Protocol<?, ?> plugin, ApplicationContext domain) throws Exception {
        ProtocolProvider provider = plugin.provider().getDeclaredConstructor().newInstance();
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.setParent(domain);
        context.setClassLoader(provider.getClass().getClassLoader());
        context.register(plugin.configuration(), plugin.getClass());
        context.refresh();
        context.getAutowireCapableBeanFactory().autowireBean(provider);
        if (provider instanceof ApplicationContextAware aware) {
            aware.setApplicationContext(context);
        }
        if (provider instanceof InitializingBean bean) {
            bean.afterPropertiesSet();
        }
        provider.start();
        return provider;
    }
}
