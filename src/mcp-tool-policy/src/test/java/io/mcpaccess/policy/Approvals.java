package io.mcpaccess.policy;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.gravitee.am.dataplane.api.repository.ScopeApprovalRepository;
import io.gravitee.am.model.oauth2.ScopeApproval;
import io.gravitee.am.model.oauth2.ScopeApproval.ApprovalStatus;
import io.gravitee.am.plugins.dataplane.core.DataPlaneRegistry;
import io.gravitee.am.service.ScopeApprovalService;
import io.mcpaccess.policy.consent.ConsentLedger;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** AM's scope-approval store in memory, for one user and one application. */
final class Approvals {

    private final Map<String, ScopeApproval> rows = new ConcurrentHashMap<>();
    private final long writeMillis;

    Approvals() {
        this(0);
    }

    /** A store that takes its time for each row. */
    Approvals(long writeMillis) {
        this.writeMillis = writeMillis;
    }

    /** What AM writes when the user approves a scope. */
    void approve(String scope, Instant at) {
        ScopeApproval approval = new ScopeApproval("t", null, "agent", "demo", scope, ApprovalStatus.APPROVED);
        approval.setId(scope);
        approval.setUpdatedAt(Date.from(at));
        approval.setExpiresAt(Date.from(at.plusSeconds(86_400)));
        rows.put(scope, approval);
    }

    private Scheduler scheduler() {
        return writeMillis == 0 ? Schedulers.trampoline() : Schedulers.computation();
    }

    boolean isMarked(String scope) {
        return has(ConsentLedger.markerKey(scope));
    }

    boolean has(String scope) {
        return rows.containsKey(scope);
    }

    /** The row of a tool that was approved an hour ago. */
    void know(String server, String scope, String tool) {
        approve(ConsentLedger.rowKey(server, scope, tool), Instant.now().minusSeconds(3_600));
        approve(ConsentLedger.markerKey(scope), Instant.now());
    }

    boolean hasRow(String server, String scope, String tool) {
        return has(ConsentLedger.rowKey(server, scope, tool));
    }

    int size() {
        return rows.size();
    }

    ScopeApprovalService service() {
        ScopeApprovalService service = mock(ScopeApprovalService.class);
        when(service.findByDomainAndUserAndClient(any(), any(), any()))
                .thenAnswer(call -> Flowable.fromIterable(List.copyOf(rows.values())));
        return service;
    }

    DataPlaneRegistry registry() {
        ScopeApprovalRepository repository = mock(ScopeApprovalRepository.class);
        when(repository.upsert(any()))
                .thenAnswer(call -> Single.fromCallable(() -> {
                            ScopeApproval row = call.getArgument(0);
                            row.setId(row.getScope());
                            rows.put(row.getId(), row);
                            return row;
                        })
                        .delaySubscription(writeMillis, TimeUnit.MILLISECONDS, scheduler()));
        when(repository.delete(any()))
                .thenAnswer(call -> Completable.fromAction(() -> rows.remove(call.<String>getArgument(0))));
        DataPlaneRegistry registry = mock(DataPlaneRegistry.class);
        when(registry.getScopeApprovalRepository(any())).thenReturn(repository);
        return registry;
    }
}
