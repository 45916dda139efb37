package io.mcpaccess.authzen.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;

import io.gravitee.am.authorizationengine.api.model.AuthorizationEngineRequest;
import io.gravitee.am.authorizationengine.api.model.AuthorizationEngineResponse;
import io.gravitee.am.model.Domain;
import io.gravitee.am.model.Reference;
import io.gravitee.am.model.oidc.Client;
import io.gravitee.am.service.AuditService;
import io.mcpaccess.contract.AuditEntry;
import io.mcpaccess.core.authzen.Action;
import io.mcpaccess.core.authzen.EvaluationRequest;
import io.mcpaccess.core.authzen.Resource;
import io.mcpaccess.core.authzen.Subject;
import io.mcpaccess.core.decision.AuditRule;
import io.mcpaccess.core.decision.DecisionRecord;
import io.mcpaccess.core.decision.Outcome;
import io.mcpaccess.core.decision.Outcome.Layer;
import io.mcpaccess.core.decision.Pep;
import io.mcpaccess.core.decision.ReasonCode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.rxjava3.ext.web.RoutingContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AuditedDecisionsTest {

    private final List<AuditEntry> entries = new ArrayList<>();
    private AuditService audit = builder -> entries.add(builder.toContractEntry());
    private final AtomicLong nanos = new AtomicLong();
    private final LostAudits lost = new LostAudits("demo", nanos::get);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private AuditRule rule = AuditRule.ALL;
    private final RoutingContext routing = mock(RETURNS_DEEP_STUBS);

    @Test
    void writesOneEntryWithWhoAskedWhatAndWhy() {
        record("list_invoices", new Outcome.Refused(ReasonCode.SCOPE_MISSING, List.of(Layer.TOKEN), Map.of()));
        assertThat(entries).singleElement().satisfies(entry -> {
            assertThat(entry.type()).isEqualTo("PERMISSION_EVALUATED");
            assertThat(entry.reference()).isEqualTo(Reference.domain("demo"));
            assertThat(entry.actorId()).isEqualTo("agent-id");
            assertThat(entry.throwable()).isNull();
            assertThat(entry.newValue()).containsEntry("decisionId", "d1").containsEntry("result", false);
            assertThat(((AuthorizationEngineRequest) entry.newValue().get("request"))
                            .resource()
                            .id())
                    .isEqualTo("list_invoices");
            assertThat(((AuthorizationEngineResponse) entry.newValue().get("response")).context())
                    .containsEntry("reason_code", "scope_missing");
        });
    }

    @Test
    void anUnansweredQuestionIsAFailure() {
        record("list_invoices", new Outcome.Unavailable(ReasonCode.ENGINE_UNAVAILABLE, "No answer."));
        assertThat(entries.get(0).throwable()).hasMessage("engine_unavailable: No answer.");
    }

    @Test
    void case29_aToolNameCannotForgeALine() {
        record("x\nPERMIT\u202e", new Outcome.Permitted(List.of()));
        assertThat(((AuthorizationEngineRequest) entries.get(0).newValue().get("request"))
                        .resource()
                        .id())
                .isEqualTo("x?PERMIT?");
    }

    @Test
    void aLongNameIsCut() {
        record("x".repeat(5000), new Outcome.Permitted(List.of()));
        assertThat(((AuthorizationEngineRequest) entries.get(0).newValue().get("request"))
                        .resource()
                        .id())
                .hasSize(256);
    }

    @Test
    void countsByOutcomeAndReason() {
        record("a", new Outcome.Permitted(List.of()));
        record("a", new Outcome.Permitted(List.of()));
        assertThat(registry.get("mcp.access.decisions")
                        .tags("outcome", "permitted", "reason", "permitted", "domain", "demo")
                        .counter()
                        .count())
                .isEqualTo(2);
        assertThat(registry.get("mcp.access.decision")
                        .tags("outcome", "permitted")
                        .timer()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void whatShadowModeLetThroughIsTakenDownAsThatWithTheRefusal() {
        record("refund", new Outcome.Shadowed(ReasonCode.PERMISSION_DENIED, List.of(Layer.TOKEN, Layer.SCOPE), false));

        assertThat(entries).singleElement().satisfies(entry -> {
            assertThat(entry.newValue()).containsEntry("result", true);
            assertThat(((AuthorizationEngineResponse) entry.newValue().get("response")).context())
                    .containsEntry("reason_code", "shadowed")
                    .containsEntry("layers", List.of("token", "scope"))
                    .containsEntry("shadow", Map.of("reason_code", "permission_denied"));
        });
        assertThat(registry.get("mcp.access.decisions")
                        .tags("outcome", "shadowed", "reason", "permission_denied")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void case29_aDecisionThatCannotBeAuditedIsAnsweredAndCounted() {
        for (Throwable failure : List.of(new IllegalStateException("reporter"), new NoSuchMethodError("builder"))) {
            audit = mock(invocation -> {
                throw failure;
            });
            record("a", new Outcome.Permitted(List.of()));
        }
        assertThat(registry.get("mcp.access.decisions").counter().count()).isEqualTo(2);
        assertThat(registry.get("mcp.access.audits.lost").counter().count()).isEqualTo(2);
        assertThat(lost.lost(new IllegalStateException())).as("told already").isFalse();
    }

    @Test
    void lostAuditsAreToldAtOnceAndThenOnceAMinute() {
        IllegalStateException failure = new IllegalStateException("reporter");
        assertThat(lost.lost(failure)).isTrue();
        nanos.addAndGet(Duration.ofSeconds(59).toNanos());
        assertThat(lost.lost(failure)).isFalse();
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(lost.lost(failure)).isTrue();
    }

    @Test
    void whatIsNotAuditedIsCountedAllTheSame() {
        rule = AuditRule.of(AuditRule.Choice.REFUSED, AuditRule.DEFAULT_SAMPLE);
        record("a", new Outcome.Permitted(List.of()));
        record("b", new Outcome.Refused(ReasonCode.PERMISSION_DENIED, List.of(), Map.of()));
        assertThat(entries)
                .singleElement()
                .satisfies(entry -> assertThat(entry.newValue()).containsEntry("result", false));
        assertThat(registry.get("mcp.access.decisions").counters())
                .extracting(counter -> counter.count())
                .containsExactly(1.0, 1.0);
    }

    private boolean isAudited(Outcome outcome) {
        return rule.takes(outcome, bound -> bound - 1);
    }

    private void record(String tool, Outcome outcome) {
        Domain domain = new Domain("demo");
        Client client = new Client();
        client.setId("agent-id");
        client.setClientId("agent");
        new AuditedDecisions(
                        audit, lost, new DecisionMeters(registry, "demo"), domain, client, routing, this::isAudited)
                .record(new DecisionRecord(
                        "d1",
                        new Pep("agent", Pep.Kind.APPLICATION),
                        EvaluationRequest.of(
                                Subject.of("user", "alice"), Action.of("can_call"), Resource.of("tool", tool)),
                        outcome,
                        Duration.ofMillis(1)));
    }
}
