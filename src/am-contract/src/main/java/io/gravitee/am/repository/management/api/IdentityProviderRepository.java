package io.gravitee.am.repository.management.api;

import io.gravitee.am.model.IdentityProvider;
import io.gravitee.am.model.ReferenceType;
import io.gravitee.am.repository.common.CrudRepository;
import io.reactivex.rxjava3.core.Flowable;

/**
 * Identity providers as stored.
 */
public interface IdentityProviderRepository extends CrudRepository<IdentityProvider, String> {
    Flowable<IdentityProvider> findAll(ReferenceType referenceType, String referenceId);
}
