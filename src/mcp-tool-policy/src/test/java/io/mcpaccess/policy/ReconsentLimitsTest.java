package io.mcpaccess.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.gravitee.am.service.ScopeApprovalService;
import io.mcpaccess.policy.consent.ConsentLedger;
import io.reactivex.rxjava3.core.Flowable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where nobody is asked again, and where it cannot be told whether somebody must be. */
class ReconsentLimitsTest {

    private static final String SCOPE = "invoices:read";

    private final Approvals approvals = new Approvals();

    @Test
    void grantsWithoutAPageAreLeftAlone() throws Exception {
        Flow flow = flow();
        flow.request.setGrantType("client_credentials");
        flow.attributes.remove("user");

        flow.run(TokenStepTest.policy("observe"));

        assertThat(flow.request.getScopes()).contains(SCOPE);
    }

    @Test
    void canBeSwitchedOff() throws Exception {
        Flow flow = flow().run(TokenStepTest.policy("observe", "reconsent", false));

        assertThat(flow.request.getScopes()).contains(SCOPE);
    }

    @ParameterizedTest
    @CsvSource({"observe, ''", "reject, mcp_tool_access_unavailable", "narrow, mcp_tool_access_unavailable"})
    void aStoreThatFailsIsADoubt(String mode, String end) throws Exception {
        Flow flow = flow();
        ScopeApprovalService failing = mock(ScopeApprovalService.class);
        when(failing.findByDomainAndUserAndClient(any(), any(), any()))
                .thenReturn(Flowable.error(new IllegalStateException("down")));
        flow.components.put(ScopeApprovalService.class, failing);

        flow.run(TokenStepTest.policy(mode));

        assertThat(flow.chain.ends()).containsExactly(end);
    }

    @Test
    void rowsFitAmsColumnAndKeepTheirPartsApart() {
        assertThat(ConsentLedger.rowKey("s", "a", "bc")).startsWith("mcp:").hasSizeLessThanOrEqualTo(64);
        assertThat(ConsentLedger.rowKey("s", "a", "bc")).isNotEqualTo(ConsentLedger.rowKey("s", "ab", "c"));
    }

    private Flow flow() {
        return new Flow(approvals).engine(Engines.ours(question -> true));
    }
}
