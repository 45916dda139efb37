package io.gravitee.am.service;

import io.gravitee.am.model.Domain;
import io.gravitee.am.model.UserId;
import io.gravitee.am.model.oauth2.ScopeApproval;
import io.reactivex.rxjava3.core.Flowable;

/**
 * What a user approved for a client.
 */
public interface ScopeApprovalService {
    Flowable<ScopeApproval> findByDomainAndUserAndClient(Domain domain, UserId userId, String client);
}
