package io.mcpaccess.engine;

import io.gravitee.am.common.plugin.ValidationResult;
import io.mcpaccess.core.authzen.Action;
import io.mcpaccess.core.authzen.Decision;
import io.mcpaccess.core.authzen.EvaluationRequest;
import io.mcpaccess.core.authzen.Resource;
import io.mcpaccess.core.authzen.Subject;
import io.mcpaccess.core.decision.AccessSettings;
import io.mcpaccess.core.decision.CheckMapping;
import io.mcpaccess.core.spi.EngineOperations;
import io.mcpaccess.core.spi.EngineTerms;
import io.mcpaccess.core.spi.SearchPage;
import io.mcpaccess.engine.console.ShadowMode;
import io.mcpaccess.engine.store.EngineStore;
import io.mcpaccess.openfga.CheckResult;
import io.mcpaccess.registry.map.EngineView;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * An engine whose settings cannot be used. It has no store: questions are answered {@code engine_unavailable}, everything else fails with
 * what is wrong, and the console says so.
 */
final class BrokenEngine implements EngineRuntime, EngineOperations {

    private final String problem;
    private final String storeName;
    private final EngineMeters meters;
    private final EngineStore.Missing store;

    /**
     * An engine without a store.
     *
     * @param problem what is wrong with the settings; no secrets
     * @param storeName how the store would be called
     * @param meters counts the questions that come nevertheless
     */
    BrokenEngine(String problem, String storeName, EngineMeters meters) {
        this.problem = problem;
        this.storeName = storeName;
        this.meters = meters;
        this.store = new EngineStore.Missing("The engine's settings are wrong: " + problem);
    }

    @Override
    public CompletionStage<Decision> evaluate(EvaluationRequest request) {
        return evaluations(List.of(request)).thenApply(decisions -> decisions.get(0));
    }

    @Override
    public CompletionStage<List<Decision>> evaluations(List<EvaluationRequest> requests) {
        CheckResult none = CheckResult.unavailable(store.reason());
        meters.answered(meters.start(), Collections.nCopies(requests.size(), none));
        return CompletableFuture.completedFuture(Collections.nCopies(requests.size(), EngineDecisions.decision(none)));
    }

    @Override
    public CompletionStage<EngineTerms> terms() {
        return CompletableFuture.completedFuture(EngineTerms.UNKNOWN);
    }

    @Override
    public CompletionStage<Set<String>> offered() {
        return CompletableFuture.completedFuture(EngineDecisions.OFFERED);
    }

    @Override
    public CompletionStage<SearchPage> searchSubjects(
            String subjectType, Action action, Resource resource, Map<String, Object> context) {
        return fails();
    }

    @Override
    public CompletionStage<SearchPage> searchResources(
            Subject subject, Action action, String resourceType, Map<String, Object> context) {
        return fails();
    }

    @Override
    public CompletionStage<SearchPage> searchActions(Subject subject, Resource resource, Map<String, Object> context) {
        return fails();
    }

    @Override
    public CompletionStage<Map<String, Object>> explain(EvaluationRequest question) {
        return fails();
    }

    private <T> CompletionStage<T> fails() {
        return store.ask(none -> CompletableFuture.<T>completedFuture(null));
    }

    @Override
    public EngineOperations operations() {
        return this;
    }

    @Override
    public String storeName() {
        return storeName;
    }

    @Override
    public EngineStore store() {
        return store;
    }

    @Override
    public void belongsTo(String id) {
        // Nothing is kept for any domain.
    }

    @Override
    public ShadowMode shadowMode() {
        return ShadowMode.of(AccessSettings.DEFAULTS);
    }

    @Override
    public EngineView view() {
        return EngineView.withoutStore(
                store.reason(), AccessSettings.DEFAULTS, new CheckMapping(CheckMapping.DEFAULT_ALIASES));
    }

    @Override
    public void warmUp() {
        // There is nothing to connect to.
    }

    @Override
    public ValidationResult validate() {
        return ValidationResult.invalid(problem);
    }

    @Override
    public void close() {
        meters.close();
    }
}
