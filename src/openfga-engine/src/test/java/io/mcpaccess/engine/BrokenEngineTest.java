package io.mcpaccess.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpaccess.core.authzen.Action;
import io.mcpaccess.core.authzen.EvaluationRequest;
import io.mcpaccess.core.authzen.Resource;
import io.mcpaccess.core.authzen.Subject;
import io.mcpaccess.core.decision.AccessSettings;
import io.mcpaccess.engine.console.ShadowMode;
import io.mcpaccess.openfga.BackendException;
import io.mcpaccess.openfga.CallContext;
import io.mcpaccess.openfga.CheckResult;
import io.mcpaccess.openfga.PermissionQuestion;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.openfga.UsersQuery;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class BrokenEngineTest {

    private static final EvaluationRequest QUESTION =
            EvaluationRequest.of(Subject.of("user", "alice"), Action.of("tools/call"), Resource.of("tool", "pay"));

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final BrokenEngine engine =
            new BrokenEngine("mode must be server", EngineRuntime.NAMELESS, new EngineMeters(registry, "none"));

    @Test
    void answersEveryQuestionAsUnavailableAndCountsIt() {
        assertThat(now(engine.evaluations(List.of(QUESTION, QUESTION, QUESTION))))
                .hasSize(3)
                .allSatisfy(decision -> {
                    assertThat(decision.isAllowed()).isFalse();
                    assertThat(decision.context()).containsEntry("reason_code", "engine_unavailable");
                });
        assertThat(now(engine.evaluate(QUESTION)).isAllowed()).isFalse();
        assertThat(registry.get("mcp.access.openfga.answers")
                        .tag("outcome", "unavailable")
                        .counter()
                        .count())
                .isEqualTo(4);
    }

    @Test
    void whatIsNoQuestionFailsWithWhatIsWrong() {
        for (CompletionStage<?> call : List.of(
                engine.explain(QUESTION),
                engine.searchActions(QUESTION.subject(), QUESTION.resource(), Map.of()),
                engine.store().ask(store -> store.administration().store()),
                engine.view().searches().listUsers(USERS, CallContext.none()),
                engine.view().explainer().explain(CHECK))) {
            assertThatThrownBy(() -> now(call))
                    .hasCauseInstanceOf(BackendException.class)
                    .hasMessageContaining("The engine's settings are wrong: mode must be server");
        }
    }

    @Test
    void theRegistryIsToldThatNothingIsDecided() {
        assertThat(now(engine.view().checks().check(CHECK, CallContext.none())))
                .isInstanceOf(CheckResult.Unavailable.class);
    }

    @Test
    void saysWhatIsWrongWhereSomebodyLooks() {
        assertThat(now(engine.store().health().health()))
                .satisfies(health -> assertThat(health.reachable()).isFalse())
                .satisfies(health -> assertThat(health.detail()).contains("mode must be server"));
        assertThat(engine.validate().failedMessage()).isEqualTo("mode must be server");
    }

    @Test
    void refusesUnderTheSettingsThatAreSetByNobody() {
        assertThat(now(engine.terms()).access()).isEqualTo(AccessSettings.DEFAULTS);
        assertThat(engine.shadowMode()).isEqualTo(ShadowMode.NOWHERE);
    }

    private static final PermissionQuestion CHECK =
            PermissionQuestion.of(new TupleKey("user:alice", "can_call", "tool:pay"), Map.of());
    private static final UsersQuery USERS = new UsersQuery("tool:pay", "can_call", "user", Map.of(), List.of());

    private static <T> T now(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
