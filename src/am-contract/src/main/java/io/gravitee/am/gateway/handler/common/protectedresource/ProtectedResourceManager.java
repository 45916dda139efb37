package io.gravitee.am.gateway.handler.common.protectedresource;

import io.gravitee.am.model.ProtectedResource;
import io.gravitee.common.service.Service;
import java.util.Collection;
import java.util.Set;

/**
 * The MCP servers that the gateway knows. A master domain's manager holds all domains' resources: filter by domain id.
 */
@SuppressWarnings("rawtypes")
public interface ProtectedResourceManager extends Service {
    void deploy(ProtectedResource protectedResource);

    void undeploy(String protectedResourceId);

    Collection<ProtectedResource> entities();

    ProtectedResource get(String protectedResourceId);

    Set<ProtectedResource> getByIdentifier(String identifier);

    Set<String> getScopesForResources(Set<String> resources);
}
