package io.gravitee.am.repository.management.api;

import io.gravitee.am.model.AuthorizationEngine;
import io.gravitee.am.repository.common.CrudRepository;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;

/**
 * Authorization engines as stored.
 */
public interface AuthorizationEngineRepository extends CrudRepository<AuthorizationEngine, String> {
    Flowable<AuthorizationEngine> findAll();

    Flowable<AuthorizationEngine> findByDomain(String domainId);

    Maybe<AuthorizationEngine> findByDomainAndId(String domainId, String id);

    Maybe<AuthorizationEngine> findByDomainAndType(String domainId, String type);
}
