package io.mcpaccess.sandbox.am;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gravitee.am.model.UserId;
import io.gravitee.am.model.oauth2.ScopeApproval;
import io.gravitee.am.model.oauth2.ScopeApproval.ApprovalStatus;
import io.mcpaccess.sandbox.TestClock;
import io.mcpaccess.sandbox.TestTables;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScopeApprovalsTest {
    private static final UserId ALICE = new UserId("1", "alice", "staff");

    private final TestClock clock = new TestClock();
    private final ScopeApprovals approvals = new ScopeApprovals(TestTables.of("domains: [{id: demo}]"), clock);

    @Test
    void approvalIsFoundUntilItExpires() {
        approvals.upsert(approval("read", Duration.ofHours(1))).blockingGet();

        assertThat(found()).hasSize(1);
        clock.pass(Duration.ofHours(2));
        assertThat(found()).isEmpty();
    }

    @Test
    void secondApprovalReplacesTheFirstAndLosesItsCreationAsOnJdbc() {
        ScopeApproval first =
                approvals.upsert(approval("read", Duration.ofHours(1))).blockingGet();
        clock.pass(Duration.ofMinutes(1));
        approvals.upsert(approval("read", Duration.ofHours(1))).blockingGet();

        assertThat(first.getCreatedAt()).isNotNull();
        assertThat(found()).singleElement().satisfies(approval -> {
            assertThat(approval.getId()).isEqualTo(first.getId());
            assertThat(approval.getCreatedAt()).isNull();
            assertThat(approval.getUpdatedAt()).isAfter(first.getUpdatedAt());
        });
    }

    @Test
    void approvalsOfAScopeAreWithdrawnAtOnce() {
        approvals.upsert(approval("read", Duration.ofHours(1))).blockingGet();
        approvals.upsert(approval("write", Duration.ofHours(1))).blockingGet();

        approvals.deleteByDomainAndScopeKey("demo", "read").blockingAwait();

        assertThat(found()).extracting(ScopeApproval::getScope).containsExactly("write");
    }

    @Test
    void approvalNeedsAnExpiryAndAShortKey() {
        ScopeApproval endless = approval("read", Duration.ofHours(1));
        endless.setExpiresAt(null);

        assertThatThrownBy(() -> approvals.upsert(endless).blockingGet()).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> approvals
                        .upsert(approval("x".repeat(65), Duration.ofHours(1)))
                        .blockingGet())
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void approvalsOfAnotherUserOrClientAreNotFound() {
        approvals.upsert(approval("read", Duration.ofHours(1))).blockingGet();

        assertThat(approvals
                        .findByDomainAndUserAndClient("demo", new UserId("2", "bob", "staff"), "agent")
                        .toList()
                        .blockingGet())
                .isEmpty();
        assertThat(approvals
                        .findByDomainAndUserAndClient("demo", ALICE, "other")
                        .toList()
                        .blockingGet())
                .isEmpty();
    }

    private List<ScopeApproval> found() {
        return approvals
                .findByDomainAndUserAndClient("demo", ALICE, "agent")
                .toList()
                .blockingGet();
    }

    private ScopeApproval approval(String scope, Duration lifetime) {
        ScopeApproval approval =
                new ScopeApproval("transaction", ALICE, "agent", "demo", scope, ApprovalStatus.APPROVED);
        approval.setExpiresAt(Date.from(clock.instant().plus(lifetime)));
        return approval;
    }
}
