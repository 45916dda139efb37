package io.mcpaccess.engine.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.mcpaccess.engine.OpenFgaConfiguration;
import io.mcpaccess.engine.OpenFgaProvider;
import java.util.Map;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** Creates engines as a node of AM does: a context of the plugin's own below the node's, the provider built in it, started. */
public final class AmNode implements AutoCloseable {

    private final GenericApplicationContext root;

    /**
     * A node.
     *
     * @param settings keys of gravitee.yml
     * @param beans the node's beans
     */
    public AmNode(Map<String, Object> settings, Object... beans) {
        root = new GenericApplicationContext();
        root.getEnvironment().getPropertySources().addFirst(new MapPropertySource("gravitee.yml", settings));
        for (Object bean : beans) {
            root.getBeanFactory().registerSingleton(bean.getClass().getName(), bean);
        }
        root.refresh();
    }

    /**
     * Creates an engine.
     *
     * @param configuration its configuration as AM keeps it, JSON
     * @return the provider, started
     */
    public OpenFgaProvider create(String configuration) {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.setParent(root);
        try {
            context.getBeanFactory()
                    .registerSingleton(
                            "configuration",
                            JsonMapper.builder()
                                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                                    .build()
                                    .readValue(configuration, OpenFgaConfiguration.class));
            context.refresh();
            OpenFgaProvider provider = context.getBeanFactory().createBean(OpenFgaProvider.class);
            provider.setApplicationContext(context);
            provider.start();
            return provider;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        root.close();
    }
}
