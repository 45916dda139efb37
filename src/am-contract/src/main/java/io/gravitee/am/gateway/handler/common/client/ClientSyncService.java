package io.gravitee.am.gateway.handler.common.client;

import io.gravitee.am.model.oidc.Client;
import io.reactivex.rxjava3.core.Maybe;

/**
 * The applications of a domain, from the gateway's memory.
 */
public interface ClientSyncService {
    Maybe<Client> findById(String id);

    Maybe<Client> findByClientId(String clientId);

    Maybe<Client> findByDomainAndClientId(String domain, String clientId);
}
