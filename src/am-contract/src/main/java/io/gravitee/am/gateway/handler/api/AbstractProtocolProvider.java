package io.gravitee.am.gateway.handler.api;

import io.gravitee.common.service.AbstractService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Base of every protocol provider: closes the plugin's Spring context when it stops.
 */
public abstract class AbstractProtocolProvider extends AbstractService<ProtocolProvider> implements ProtocolProvider {
    protected final Logger logger = LoggerFactory.getLogger(getClass());

    @Override
    protected void doStop() throws Exception {
        super.doStop();
        if (applicationContext instanceof ConfigurableApplicationContext own) {
            own.close();
        }
    }
}
