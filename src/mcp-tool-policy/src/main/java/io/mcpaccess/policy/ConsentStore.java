package io.mcpaccess.policy;

import io.gravitee.am.dataplane.api.repository.ScopeApprovalRepository;
import io.gravitee.am.model.Domain;
import io.gravitee.am.model.User;
import io.gravitee.am.model.oauth2.ScopeApproval;
import io.gravitee.am.model.oauth2.ScopeApproval.ApprovalStatus;
import io.gravitee.am.plugins.dataplane.core.DataPlaneRegistry;
import io.gravitee.am.service.ScopeApprovalService;
import io.gravitee.gateway.api.ExecutionContext;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import java.time.Clock;
import java.util.Collection;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** AM's scope-approval store, for one user and one application. Rows are revoked with AM's own approvals. */
final class ConsentStore {

    private final ScopeApprovalService approvals;
    private final ScopeApprovalRepository repository;
    private final Domain domain;
    private final User user;
    private final String clientId;
    private final Clock clock;

    /**
     * Opens the store.
     *
     * @param context gives AM's beans
     * @param user the user
     * @param clientId the application's client id
     * @param clock gives the times of rows
     */
    ConsentStore(ExecutionContext context, User user, String clientId, Clock clock) {
        this.domain = context.getComponent(Domain.class);
        this.approvals = context.getComponent(ScopeApprovalService.class);
        this.repository = context.getComponent(DataPlaneRegistry.class).getScopeApprovalRepository(domain);
        this.user = user;
        this.clientId = clientId;
        this.clock = clock;
    }

    Single<ConsentLedger> read() {
        return approvals
                .findByDomainAndUserAndClient(domain, user.getFullId(), clientId)
                .toList()
                .map(rows -> new ConsentLedger(rows, clock.instant()));
    }

    /**
     * Writes rows for approved tools.
     *
     * @param rows keys with their expiry
     * @return completes when all are written
     */
    Completable write(Map<String, Date> rows) {
        return Flowable.fromIterable(rows.entrySet())
                .concatMapSingle(row -> repository.upsert(row(row.getKey(), row.getValue())))
                .ignoreElements();
    }

    /**
     * Withdraws AM's approval of scopes, so that AM asks the user the next time.
     *
     * @param scopes the scopes
     * @param ledger what was approved
     * @return completes when all are withdrawn
     */
    Completable withdraw(Collection<String> scopes, ConsentLedger ledger) {
        return Flowable.fromIterable(scopes)
                .map(ledger::approval)
                .filter(Optional::isPresent)
                .concatMapCompletable(
                        approval -> repository.delete(approval.get().getId()));
    }

    private ScopeApproval row(String key, Date expiresAt) {
        ScopeApproval row = new ScopeApproval(
                UUID.randomUUID().toString(), user.getFullId(), clientId, domain.getId(), key, ApprovalStatus.APPROVED);
        Date now = Date.from(clock.instant());
        row.setCreatedAt(now);
        row.setUpdatedAt(now);
        row.setExpiresAt(expiresAt);
        return row;
    }
}
