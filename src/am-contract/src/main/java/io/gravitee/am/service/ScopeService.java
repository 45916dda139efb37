package io.gravitee.am.service;

import io.gravitee.am.identityprovider.api.User;
import io.gravitee.am.model.Domain;
import io.gravitee.am.model.oauth2.Scope;
import io.gravitee.am.service.model.NewScope;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.util.List;

/**
 * Scopes of a domain; writes the event that gateways follow.
 */
public interface ScopeService {
    Single<Scope> create(Domain domain, NewScope newScope, User principal);

    Maybe<Scope> findByDomainAndKey(String domain, String key);

    Single<List<Scope>> findByDomainAndKeys(String domain, List<String> keys);
}
