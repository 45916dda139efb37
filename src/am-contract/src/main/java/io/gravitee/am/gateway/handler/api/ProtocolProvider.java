package io.gravitee.am.gateway.handler.api;

import io.gravitee.am.common.plugin.AmPluginProvider;
import io.gravitee.common.service.Service;

/**
 * A protocol's instance in one domain; created by its no-argument constructor, then autowired from the domain's beans.
 */
public interface ProtocolProvider extends Service<ProtocolProvider>, AmPluginProvider {
    /** The path below the domain that the provider serves, such as {@code /access}. */
    String path();
}
