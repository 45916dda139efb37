package io.gravitee.am.dataplane.api.repository;

import io.gravitee.am.model.UserId;
import io.gravitee.am.model.oauth2.ScopeApproval;
import io.gravitee.am.repository.common.CrudRepository;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;

/**
 * What users approved, in the domain's data plane. createdAt is null after a re-approval on JDBC: use updatedAt.
 */
public interface ScopeApprovalRepository extends CrudRepository<ScopeApproval, String> {
    Flowable<ScopeApproval> findByDomainAndUserAndClient(String domain, UserId userId, String clientId);

    Flowable<ScopeApproval> findByDomainAndUser(String domain, UserId userId);

    Single<ScopeApproval> upsert(ScopeApproval scopeApproval);

    /** Withdraws what all users approved for a scope. Abstract in AM. */
    default Completable deleteByDomainAndScopeKey(String domain, String scope) {
        return Completable.error(new UnsupportedOperationException("This store cannot withdraw approvals by scope"));
    }
}
