package io.mcpaccess.sandbox.am;

import io.gravitee.am.dataplane.api.repository.ScopeApprovalRepository;
import io.gravitee.am.model.Domain;
import io.gravitee.am.model.UserId;
import io.gravitee.am.model.oauth2.ScopeApproval;
import io.gravitee.am.service.ScopeApprovalService;
import io.mcpaccess.sandbox.data.ApprovalRow;
import io.mcpaccess.sandbox.data.Rows;
import io.mcpaccess.sandbox.data.Tables;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.time.Clock;
import java.util.Date;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * What users approved, as AM's JDBC data plane keeps it: a re-approval loses createdAt, a scope holds 64 characters, and an
 * approval without an expiry is refused.
 */
public final class ScopeApprovals implements ScopeApprovalRepository, ScopeApprovalService {
    private static final int SCOPE_LENGTH = 64;

    private final Rows<ApprovalRow> rows;
    private final Clock clock;

    /**
     * Makes the store.
     *
     * @param tables the shared tables
     * @param clock stamps rows and says what is expired
     */
    public ScopeApprovals(Tables tables, Clock clock) {
        this.rows = tables.approvals();
        this.clock = clock;
    }

    @Override
    public Single<ScopeApproval> upsert(ScopeApproval approval) {
        return Single.fromCallable(() -> save(approval));
    }

    @Override
    public Single<ScopeApproval> create(ScopeApproval approval) {
        return upsert(approval);
    }

    @Override
    public Single<ScopeApproval> update(ScopeApproval approval) {
        return upsert(approval);
    }

    @Override
    public Completable delete(String id) {
        return Completable.fromAction(() -> rows.take(id));
    }

    @Override
    public Completable deleteByDomainAndScopeKey(String domain, String scope) {
        return Completable.fromAction(() -> rows.removeWhere(
                row -> row.domain().equals(domain) && row.scope().equals(scope)));
    }

    @Override
    public Maybe<ScopeApproval> findById(String id) {
        return Maybe.defer(
                () -> rows.find(id).map(AmModels::approval).map(Maybe::just).orElseGet(Maybe::empty));
    }

    @Override
    public Flowable<ScopeApproval> findByDomainAndUserAndClient(String domain, UserId user, String clientId) {
        return list(ofUser(domain, user).and(row -> row.clientId().equals(clientId)));
    }

    @Override
    public Flowable<ScopeApproval> findByDomainAndUserAndClient(Domain domain, UserId user, String clientId) {
        return findByDomainAndUserAndClient(domain.getId(), user, clientId);
    }

    @Override
    public Flowable<ScopeApproval> findByDomainAndUser(String domain, UserId user) {
        return list(ofUser(domain, user));
    }

    private Flowable<ScopeApproval> list(Predicate<ApprovalRow> condition) {
        return Flowable.defer(() -> Flowable.fromStream(rows.where(condition)
                .filter(row -> row.expiresAt() > clock.millis())
                .map(AmModels::approval)));
    }

    private static Predicate<ApprovalRow> ofUser(String domain, UserId user) {
        return row -> row.domain().equals(domain)
                && (Objects.equals(row.userId(), user.id())
                        || (row.externalId() != null
                                && Objects.equals(row.externalId(), user.externalId())
                                && Objects.equals(row.source(), user.source())));
    }

    private ScopeApproval save(ScopeApproval approval) {
        Date expiresAt = Objects.requireNonNull(approval.getExpiresAt(), "expiresAt of a scope approval");
        if (approval.getScope().length() > SCOPE_LENGTH) {
            throw new IllegalArgumentException("A scope approval holds " + SCOPE_LENGTH + " characters of scope");
        }
        UserId user = approval.getUserId();
        Optional<ApprovalRow> before = rows.where(ofUser(approval.getDomain(), user)
                        .and(row -> row.clientId().equals(approval.getClientId()))
                        .and(row -> row.scope().equals(approval.getScope())))
                .findFirst();
        long now = clock.millis();
        return AmModels.approval(rows.save(new ApprovalRow(
                before.map(ApprovalRow::id).orElseGet(() -> UUID.randomUUID().toString()),
                approval.getTransactionId(),
                approval.getDomain(),
                user.source(),
                user.id(),
                user.externalId(),
                approval.getClientId(),
                approval.getScope(),
                approval.getStatus().name(),
                expiresAt.getTime(),
                before.isPresent() ? null : Long.valueOf(now),
                now)));
    }
}
