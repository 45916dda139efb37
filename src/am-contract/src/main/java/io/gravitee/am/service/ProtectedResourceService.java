package io.gravitee.am.service;

import io.gravitee.am.identityprovider.api.User;
import io.gravitee.am.model.Domain;
import io.gravitee.am.model.ProtectedResource;
import io.gravitee.am.model.ProtectedResourcePrimaryData;
import io.gravitee.am.model.ProtectedResourceSecret;
import io.gravitee.am.service.model.NewProtectedResource;
import io.gravitee.am.service.model.PatchProtectedResource;
import io.gravitee.am.service.model.UpdateProtectedResource;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;

/**
 * MCP servers with everything around them: checks, audit, and the event that gateways follow.
 */
public interface ProtectedResourceService {
    Maybe<ProtectedResource> findById(String id);

    Flowable<ProtectedResource> findByDomain(String domain);

    Single<ProtectedResourceSecret> create(Domain domain, User principal, NewProtectedResource newProtectedResource);

    Single<ProtectedResourcePrimaryData> update(
            Domain domain, String id, UpdateProtectedResource updateProtectedResource, User principal);

    Single<ProtectedResourcePrimaryData> patch(
            Domain domain, String id, PatchProtectedResource patchProtectedResource, User principal);

    Completable delete(Domain domain, String id, ProtectedResource.Type type, User principal);
}
