package io.mcpaccess.authzen.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import io.gravitee.am.authorizationengine.api.AuthorizationEngineProvider;
import io.gravitee.am.authorizationengine.api.model.AuthorizationEngineRequest;
import io.gravitee.am.authorizationengine.api.model.AuthorizationEngineResponse;
import io.gravitee.am.gateway.handler.common.authorizationengine.AuthorizationEngineManager;
import io.mcpaccess.authzen.testing.SpiEngine;
import io.mcpaccess.core.authzen.Action;
import io.mcpaccess.core.authzen.EvaluationRequest;
import io.mcpaccess.core.authzen.Resource;
import io.mcpaccess.core.authzen.Subject;
import io.mcpaccess.core.decision.AccessSettings;
import io.mcpaccess.core.decision.AuditRule;
import io.mcpaccess.core.decision.DecisionUnavailableException;
import io.mcpaccess.core.decision.PermissionAnswer;
import io.mcpaccess.core.decision.PermissionAnswer.Held;
import io.mcpaccess.core.decision.PermissionAnswer.NoAnswer;
import io.mcpaccess.core.decision.PermissionAnswer.NotHeld;
import io.mcpaccess.core.decision.PermissionEngine;
import io.mcpaccess.core.decision.ReasonCode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AmPermissionEngineTest {

    private final AuthorizationEngineManager engines = mock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AmPermissionEngine engine =
            new AmPermissionEngine(engines, new DecisionMeters(registry, "demo"), Duration.ofSeconds(2));

    @Test
    void aDomainWithoutAnEngineHasNeitherSettingsNorAnswers() {
        when(engines.getDefault()).thenReturn(Maybe.empty());
        assertThat(evaluate("a", "b"))
                .containsExactly(
                        new NoAnswer(ReasonCode.ENGINE_NOT_CONFIGURED), new NoAnswer(ReasonCode.ENGINE_NOT_CONFIGURED));
        assertThatThrownBy(() -> engine.settings().toCompletableFuture().join())
                .cause()
                .isInstanceOfSatisfying(
                        DecisionUnavailableException.class,
                        failure -> assertThat(failure.outcome().reason()).isEqualTo(ReasonCode.ENGINE_NOT_CONFIGURED));
        assertThat(questionsAsked()).isZero();
    }

    @Test
    void case28_anEngineThatComesDuringARequestDoesNotAnswerIt() {
        AuthorizationEngineProvider late = mock();
        when(late.check(any())).thenReturn(Single.just(new AuthorizationEngineResponse(true, Map.of())));
        when(engines.getDefault()).thenReturn(Maybe.empty()).thenReturn(Maybe.just(late));
        PermissionEngine request = engine.forRequest();
        assertThat(request.settings().toCompletableFuture()).isCompletedExceptionally();
        assertThat(request.evaluate(questions("a")).toCompletableFuture().join())
                .containsExactly(new NoAnswer(ReasonCode.ENGINE_NOT_CONFIGURED));
        assertThat(engine.forRequest()
                        .evaluate(questions("a"))
                        .toCompletableFuture()
                        .join())
                .containsExactly(new Held());
    }

    @Test
    void whatIsAuditedIsWhatTheEngineOfTheRequestSays() {
        SpiEngine set = new SpiEngine();
        set.audits = new AuditRule(0);
        when(engines.getDefault()).thenReturn(Maybe.just(set));
        AmPermissionEngine.OfRequest request = engine.forRequest();
        assertThat(request.auditRule()).as("before it was asked").isEqualTo(AuditRule.ALL);
        assertThat(request.settings().toCompletableFuture()).isCompleted();
        assertThat(request.auditRule()).isEqualTo(set.audits);
    }

    @Test
    void withoutAnEngineEverythingIsAudited() {
        when(engines.getDefault()).thenReturn(Maybe.error(new IllegalStateException("more than one")));
        AmPermissionEngine.OfRequest request = engine.forRequest();
        assertThat(request.settings().toCompletableFuture()).isCompletedExceptionally();
        assertThat(request.auditRule()).isEqualTo(AuditRule.ALL);
    }

    @Test
    void case28_twoEnginesAreADoubt() {
        when(engines.getDefault()).thenReturn(Maybe.error(new IllegalStateException("more than one")));
        assertThat(evaluate("a")).containsExactly(new NoAnswer(ReasonCode.ENGINE_UNAVAILABLE));
        assertThatThrownBy(() -> engine.settings().toCompletableFuture().join())
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void asksAForeignEngineOneByOneInOrder() {
        AuthorizationEngineProvider foreign = mock();
        when(engines.getDefault()).thenReturn(Maybe.just(foreign));
        when(foreign.check(any())).thenAnswer(call -> {
            AuthorizationEngineRequest request = call.getArgument(0);
            return Single.just(
                    new AuthorizationEngineResponse(request.resource().id().equals("a"), null));
        });
        assertThat(evaluate("a", "b", "a"))
                .containsExactly(new Held(), new NotHeld(ReasonCode.PERMISSION_DENIED), new Held());
        assertThat(questionsAsked()).isEqualTo(3);
        assertThat(engine.settings().toCompletableFuture().join()).isEqualTo(AccessSettings.DEFAULTS);
    }

    @Test
    void oneFailingCheckOfAForeignEngineIsNoAnswerAndTheOthersCount() {
        AuthorizationEngineProvider foreign = mock();
        when(engines.getDefault()).thenReturn(Maybe.just(foreign));
        when(foreign.check(any())).thenAnswer(call -> {
            AuthorizationEngineRequest request = call.getArgument(0);
            if (request.resource().id().equals("b")) {
                throw new IllegalStateException("broken");
            }
            return Single.just(new AuthorizationEngineResponse(true, Map.of()));
        });
        assertThat(evaluate("a", "b", "c"))
                .containsExactly(new Held(), new NoAnswer(ReasonCode.ENGINE_UNAVAILABLE), new Held());
    }

    @Test
    void asksOurEngineOnceForAll() {
        SpiStub ours = ours();
        when(ours.apply(any(), any())).thenAnswer(call -> {
            if (call.getArgument(0).equals("settings")) {
                return terms(Optional.empty());
            }
            Map<String, Object> input = call.getArgument(1);
            int asked = ((List<?>) input.get("evaluations")).size();
            return CompletableFuture.completedFuture(Map.of(
                    "evaluations",
                    IntStream.range(0, asked)
                            .mapToObj(
                                    i -> Map.of("decision", i == 0, "context", Map.of("reason_code", "model_mismatch")))
                            .toList()));
        });
        assertThat(evaluate("a", "b")).containsExactly(new Held(), new NotHeld(ReasonCode.MODEL_MISMATCH));
        assertThat(questionsAsked()).isEqualTo(2);
    }

    @Test
    void case21_anEngineThatMixesUpItsAnswersGivesNone() {
        SpiStub ours = ours();
        when(ours.apply(any(), any()))
                .thenReturn(CompletableFuture.completedFuture(
                        Map.of("evaluations", List.of(Map.of("decision", true, "context", Map.of())))));
        assertThat(evaluate("a", "b")).allMatch(new NoAnswer(ReasonCode.ENGINE_UNAVAILABLE)::equals);
    }

    @Test
    void anEngineThatIsSlowGivesNoAnswerInTime() {
        SpiStub ours = ours();
        when(ours.apply(any(), any())).thenReturn(new CompletableFuture<>());
        assertThat(evaluate("a")).containsExactly(new NoAnswer(ReasonCode.ENGINE_UNAVAILABLE));
    }

    @Test
    void anEngineThatSaysItsDeadlineIsWaitedForThatLong() {
        SpiStub ours = ours();
        when(ours.apply(any(), any()))
                .thenAnswer(call -> call.getArgument(0).equals("settings")
                        ? terms(Optional.of(Duration.ofSeconds(1)))
                        : CompletableFuture.supplyAsync(
                                () -> Map.of("evaluations", List.of(Map.of("decision", true, "context", Map.of()))),
                                CompletableFuture.delayedExecutor(400, TimeUnit.MILLISECONDS)));
        AmPermissionEngine impatient =
                new AmPermissionEngine(engines, new DecisionMeters(registry, "demo"), Duration.ofMillis(100));
        assertThat(impatient.evaluate(questions("a")).toCompletableFuture().join())
                .containsExactly(new Held());
    }

    @Test
    void anEngineThatIsSlowerThanItSaysGivesNoAnswer() {
        SpiStub ours = ours();
        when(ours.apply(any(), any()))
                .thenAnswer(call -> call.getArgument(0).equals("settings")
                        ? terms(Optional.of(Duration.ofMillis(20)))
                        : new CompletableFuture<>());
        AmPermissionEngine patient =
                new AmPermissionEngine(engines, new DecisionMeters(registry, "demo"), Duration.ofMinutes(5));
        assertThat(patient.evaluate(questions("a"))
                        .toCompletableFuture()
                        .orTimeout(10, TimeUnit.SECONDS)
                        .join())
                .containsExactly(new NoAnswer(ReasonCode.ENGINE_UNAVAILABLE));
    }

    @Test
    void anEngineThatThrowsGivesNoAnswer() {
        SpiStub ours = ours();
        when(ours.apply(any(), any())).thenThrow(new IllegalStateException("broken"));
        assertThat(evaluate("a")).containsExactly(new NoAnswer(ReasonCode.ENGINE_UNAVAILABLE));
    }

    /** What our engine says about itself. */
    private static CompletionStage<Map<String, Object>> terms(Optional<Duration> deadline) {
        SpiEngine engine = new SpiEngine();
        engine.deadline = deadline;
        return engine.apply("settings", Map.of());
    }

    private SpiStub ours() {
        SpiStub ours = mock(SpiStub.class, withSettings().extraInterfaces(AuthorizationEngineProvider.class));
        when(engines.getDefault()).thenReturn(Maybe.just((AuthorizationEngineProvider) ours));
        return ours;
    }

    /** What our engine's provider is besides a provider. */
    interface SpiStub extends BiFunction<String, Map<String, Object>, CompletionStage<Map<String, Object>>> {}

    private List<PermissionAnswer> evaluate(String... resources) {
        return engine.evaluate(questions(resources)).toCompletableFuture().join();
    }

    private static List<EvaluationRequest> questions(String... resources) {
        return List.of(resources).stream()
                .map(id -> EvaluationRequest.of(
                        Subject.of("user", "alice"), Action.of("can_call"), Resource.of("tool", id)))
                .toList();
    }

    private double questionsAsked() {
        return registry.get("mcp.access.engine.questions").counter().count();
    }
}
