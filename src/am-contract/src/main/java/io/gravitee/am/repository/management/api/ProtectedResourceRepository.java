package io.gravitee.am.repository.management.api;

import io.gravitee.am.model.ProtectedResource;
import io.gravitee.am.repository.common.CrudRepository;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;

/**
 * MCP servers as stored. On JDBC findByDomain and findAll leave features null; findById fills them.
 */
public interface ProtectedResourceRepository extends CrudRepository<ProtectedResource, String> {
    Maybe<ProtectedResource> findByDomainAndClient(String domainId, String clientId);

    Maybe<ProtectedResource> findByDomainAndId(String domainId, String id);

    Flowable<ProtectedResource> findAll();

    Flowable<ProtectedResource> findByDomain(String domain);
}
