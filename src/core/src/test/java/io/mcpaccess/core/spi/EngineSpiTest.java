package io.mcpaccess.core.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpaccess.core.authzen.Action;
import io.mcpaccess.core.authzen.Decision;
import io.mcpaccess.core.authzen.EvaluationRequest;
import io.mcpaccess.core.authzen.Resource;
import io.mcpaccess.core.authzen.Subject;
import io.mcpaccess.core.decision.AccessSettings;
import io.mcpaccess.core.decision.AgentSubject;
import io.mcpaccess.core.decision.AuditRule;
import io.mcpaccess.core.decision.BoundTokens;
import io.mcpaccess.core.mcp.ToolObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

class EngineSpiTest {

    private static final EvaluationRequest QUESTION = new EvaluationRequest(
            new Subject("user", "alice", Map.of("team", "a")),
            new Action("call", Map.of("n", 1)),
            new Resource("tool", "pay", Map.of()),
            Map.of("ip", "192.0.2.1"));

    private static final AccessSettings SETTINGS = new AccessSettings(
            AccessSettings.ScopeCheck.REQUIRED,
            AccessSettings.UnknownTools.DENY,
            AccessSettings.SharedToolNames.ALLOW,
            AccessSettings.SubjectName.SOURCE_USERNAME,
            ToolObject.QUALIFIED,
            true,
            "may_use",
            true,
            Set.of("billing"),
            AccessSettings.PermissionMode.SHADOW,
            Set.of("crm"),
            AgentSubject.INSTANCE,
            BoundTokens.REFUSE);

    private final Engine engine = new Engine();
    private final EngineOperations client =
            EngineSpiClient.of(new EngineSpiAdapter(engine)).orElseThrow();

    @Test
    void questionsAndDecisionsCrossTheSpiUnchanged() {
        engine.decisions.add(new Decision(true, Map.of("reason_code", "permitted")));

        assertThat(client.evaluations(List.of(QUESTION)).toCompletableFuture().join())
                .isEqualTo(engine.decisions);
        assertThat(engine.asked).containsExactly(QUESTION);
    }

    @Test
    void settingsCrossTheSpiUnchanged() {
        assertThat(client.terms().toCompletableFuture().join().access()).isEqualTo(SETTINGS);
    }

    @Test
    void anEngineThatKnowsNoShadowModeEnforces() {
        BiFunction<String, Map<String, Object>, CompletionStage<Map<String, Object>>> before = (operation, input) -> {
            Map<String, Object> settings = new HashMap<>(new EngineSpiAdapter(engine)
                    .apply(operation, input)
                    .toCompletableFuture()
                    .join());
            settings.keySet().removeAll(Set.of("permissionMode", "shadowServers"));
            return CompletableFuture.completedFuture(settings);
        };

        assertThat(EngineSpiClient.of(before)
                        .orElseThrow()
                        .terms()
                        .toCompletableFuture()
                        .join()
                        .access())
                .isEqualTo(SETTINGS.withPermissions(AccessSettings.PermissionMode.ENFORCE, Set.of()));
    }

    @Test
    void whatIsAuditedCrossesTheSpiBesideTheSettings() {
        for (int oneIn : new int[] {0, 1, 100}) {
            engine.audits = new AuditRule(oneIn);
            EngineOperations asked =
                    EngineSpiClient.of(new EngineSpiAdapter(engine)).orElseThrow();
            assertThat(asked.terms().toCompletableFuture().join().audits()).isEqualTo(engine.audits);
        }
    }

    @Test
    void anEngineThatDoesNotSayWhatIsAuditedWantsAllOfIt() {
        engine.audits = new AuditRule(0);
        BiFunction<String, Map<String, Object>, CompletionStage<Map<String, Object>>> before = (operation, input) -> {
            Map<String, Object> settings = new HashMap<>(new EngineSpiAdapter(engine)
                    .apply(operation, input)
                    .toCompletableFuture()
                    .join());
            assertThat(settings.remove("auditedPermitsOneIn")).isEqualTo(0);
            return CompletableFuture.completedFuture(settings);
        };
        assertThat(EngineSpiClient.of(before)
                        .orElseThrow()
                        .terms()
                        .toCompletableFuture()
                        .join()
                        .audits())
                .isEqualTo(AuditRule.ALL);
    }

    @Test
    void theDeadlineCrossesTheSpiBesideTheSettings() {
        assertThat(client.terms().toCompletableFuture().join().deadline()).isEmpty();
        engine.deadline = Optional.of(Duration.ofMillis(1200));
        assertThat(client.terms().toCompletableFuture().join().deadline()).contains(Duration.ofMillis(1200));
        assertThat(client.terms().toCompletableFuture().join().access()).isEqualTo(SETTINGS);
    }

    @Test
    void searchesCrossTheSpiUnchanged() {
        assertThat(client.searchSubjects("user", QUESTION.action(), QUESTION.resource(), Map.of())
                        .toCompletableFuture()
                        .join())
                .isEqualTo(Engine.PAGE);
        assertThat(client.searchResources(QUESTION.subject(), QUESTION.action(), "tool", Map.of())
                        .toCompletableFuture()
                        .join())
                .isEqualTo(Engine.PAGE);
        assertThat(client.searchActions(QUESTION.subject(), QUESTION.resource(), Map.of())
                        .toCompletableFuture()
                        .join())
                .isEqualTo(Engine.PAGE);
        assertThat(client.offered().toCompletableFuture().join()).containsExactly("search/subject");
        assertThat(client.explain(QUESTION).toCompletableFuture().join()).containsEntry("why", "because");
    }

    @Test
    void anAnswerToFewerQuestionsFails() {
        assertThatThrownBy(() -> client.evaluations(List.of(QUESTION))
                        .toCompletableFuture()
                        .join())
                .hasMessageContaining("0 of 1 questions");
    }

    @Test
    void anAnswerOfAnotherShapeIsNeverAnAllow() {
        BiFunction<String, Map<String, Object>, CompletionStage<Map<String, Object>>> odd = (operation, input) ->
                CompletableFuture.completedFuture(Map.of("evaluations", List.of(Map.of("decision", "true"))));

        Decision decision = EngineSpiClient.of(odd)
                .orElseThrow()
                .evaluations(List.of(QUESTION))
                .toCompletableFuture()
                .join()
                .get(0);
        assertThat(decision.isAllowed()).isFalse();
    }

    @Test
    void anUnknownOperationAndABrokenEngineFailTheStageOnly() {
        assertThat(new EngineSpiAdapter(engine).apply("drop/tables", Map.of()).toCompletableFuture())
                .isCompletedExceptionally();
        assertThat(new EngineSpiAdapter(engine)
                        .apply("evaluations", Map.of("evaluations", 3))
                        .toCompletableFuture())
                .isCompletedExceptionally();
        BiFunction<String, Map<String, Object>, CompletionStage<Map<String, Object>>> broken =
                (operation, input) -> null;
        assertThat(EngineSpiClient.of(broken).orElseThrow().terms().toCompletableFuture())
                .isCompletedExceptionally();
    }

    @Test
    void anEngineOfSomebodyElseHasNoSpi() {
        assertThat(EngineSpiClient.of(new Object())).isEmpty();
    }

    private static final class Engine implements EngineOperations {

        static final SearchPage PAGE = new SearchPage(List.of(Map.of("type", "user", "id", "alice")), true, Map.of());

        final List<Decision> decisions = new ArrayList<>();
        AuditRule audits = AuditRule.ALL;
        Optional<Duration> deadline = Optional.empty();
        final List<EvaluationRequest> asked = new ArrayList<>();

        @Override
        public CompletionStage<List<Decision>> evaluations(List<EvaluationRequest> questions) {
            asked.addAll(questions);
            return CompletableFuture.completedFuture(List.copyOf(decisions));
        }

        @Override
        public CompletionStage<EngineTerms> terms() {
            return CompletableFuture.completedFuture(new EngineTerms(SETTINGS, audits, deadline));
        }

        @Override
        public CompletionStage<Set<String>> offered() {
            return CompletableFuture.completedFuture(Set.of("search/subject"));
        }

        @Override
        public CompletionStage<SearchPage> searchSubjects(
                String subjectType, Action action, Resource resource, Map<String, Object> context) {
            return CompletableFuture.completedFuture(PAGE);
        }

        @Override
        public CompletionStage<SearchPage> searchResources(
                Subject subject, Action action, String resourceType, Map<String, Object> context) {
            return CompletableFuture.completedFuture(PAGE);
        }

        @Override
        public CompletionStage<SearchPage> searchActions(
                Subject subject, Resource resource, Map<String, Object> context) {
            return CompletableFuture.completedFuture(PAGE);
        }

        @Override
        public CompletionStage<Map<String, Object>> explain(EvaluationRequest question) {
            return CompletableFuture.completedFuture(Map.of("why", "because"));
        }
    }
}
