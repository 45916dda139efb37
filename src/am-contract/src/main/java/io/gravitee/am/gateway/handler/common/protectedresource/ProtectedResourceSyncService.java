package io.gravitee.am.gateway.handler.common.protectedresource;

import io.gravitee.am.model.oidc.Client;
import io.reactivex.rxjava3.core.Maybe;

/**
 * The MCP servers of a domain as clients, from the gateway's memory.
 */
public interface ProtectedResourceSyncService {
    Maybe<Client> findByClientId(String clientId);

    Maybe<Client> findByDomainAndClientId(String domain, String clientId);
}
