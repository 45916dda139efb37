package io.mcpaccess.policy.consent;

import io.gravitee.am.dataplane.api.repository.ScopeApprovalRepository;
import io.gravitee.am.model.Domain;
import io.gravitee.am.model.User;
import io.gravitee.am.model.oauth2.ScopeApproval;
import io.gravitee.am.model.oauth2.ScopeApproval.ApprovalStatus;
import io.gravitee.am.model.oidc.Client;
import io.gravitee.am.plugins.dataplane.core.DataPlaneRegistry;
import io.gravitee.am.service.ScopeApprovalService;
import io.mcpaccess.policy.am.StepRun;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** AM's scope-approval store, for one user and one application. Rows are revoked with AM's own approvals. */
public final class ConsentStore {

    private static final Logger LOGGER = LoggerFactory.getLogger(ConsentStore.class);
    private static final int WRITES_AT_ONCE = 8;

    private final ScopeApprovalService approvals;
    private final ScopeApprovalRepository repository;
    private final Domain domain;
    private final User user;
    private final String clientId;
    private final Clock clock;

    private ConsentStore(StepRun run, User user, Client client) {
        this.domain = run.bean(Domain.class);
        this.approvals = run.bean(ScopeApprovalService.class);
        this.repository = run.bean(DataPlaneRegistry.class).getScopeApprovalRepository(domain);
        this.user = user;
        this.clientId = client.getClientId();
        this.clock = run.clock();
    }

    /**
     * The store for the user and the application of a request.
     *
     * @param run the request
     * @return the store
     * @throws IllegalStateException if AM does not name both
     */
    public static ConsentStore of(StepRun run) {
        return new ConsentStore(
                run,
                run.user().orElseThrow(() -> new IllegalStateException("AM names no user for this request")),
                run.client().orElseThrow(() -> new IllegalStateException("AM names no application for this request")));
    }

    public Single<ConsentLedger> read() {
        return approvals
                .findByDomainAndUserAndClient(domain, user.getFullId(), clientId)
                .toList()
                .map(rows -> new ConsentLedger(rows, clock.instant()));
    }

    /**
     * Writes rows, those of tools first, and the markers only once all of these are there.
     *
     * @param rows the rows
     * @return completes when all are written
     */
    Completable write(ConsentRows rows) {
        return upsert(rows.tools()).andThen(Completable.defer(() -> upsert(rows.markers())));
    }

    /**
     * Writes rows for what was approved without our step, as far as that goes in the time there is. What is left is
     * written by the next token request, which finds the same rows missing.
     *
     * @param rows the rows
     * @param limit how long it may take
     * @return completes in any case
     */
    public Completable adopt(ConsentRows rows, Duration limit) {
        return rows.isEmpty()
                ? Completable.complete()
                : write(rows).timeout(limit.toMillis(), TimeUnit.MILLISECONDS).onErrorComplete(problem -> {
                    LOGGER.warn(
                            "Of {} rows for tools that were approved before, some are not written yet; the next token"
                                    + " request goes on ({})",
                            rows.tools().size(),
                            problem.getClass().getName());
                    return true;
                });
    }

    private Completable upsert(Map<String, Date> rows) {
        return Flowable.fromIterable(rows.entrySet())
                .flatMapSingle(row -> repository.upsert(row(row.getKey(), row.getValue())), true, WRITES_AT_ONCE)
                .ignoreElements();
    }

    /**
     * Withdraws AM's approval of scopes, so that AM asks the user the next time.
     *
     * @param scopes the scopes
     * @param ledger what was approved
     * @return completes when all are withdrawn
     */
    public Completable withdraw(Collection<String> scopes, ConsentLedger ledger) {
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
