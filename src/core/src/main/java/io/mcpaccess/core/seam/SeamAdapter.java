package io.mcpaccess.core.seam;

import io.mcpaccess.core.authzen.EvaluationRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

/**
 * The engine's side of the seam: makes typed operations callable with the types that plugins share. A provider
 * implements {@link BiFunction} and delegates to one of these.
 *
 * <p>Never throws: what goes wrong fails the stage.
 */
public final class SeamAdapter
        implements BiFunction<String, Map<String, Object>, CompletionStage<Map<String, Object>>> {

    private final EngineOperations engine;

    /**
     * Adapts an engine.
     *
     * @param engine its typed operations
     */
    public SeamAdapter(EngineOperations engine) {
        this.engine = Objects.requireNonNull(engine, "engine");
    }

    @Override
    public CompletionStage<Map<String, Object>> apply(String operation, Map<String, Object> input) {
        try {
            return Operation.named(operation)
                    .map(known -> call(known, input == null ? Map.of() : input))
                    .orElseGet(() -> CompletableFuture.failedFuture(
                            new IllegalArgumentException("The engine has no operation of this name.")));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletionStage<Map<String, Object>> call(Operation operation, Map<String, Object> input) {
        return switch (operation) {
            case EVALUATIONS -> evaluations(input);
            case SETTINGS -> engine.settings().thenCombine(engine.deadline(), SeamJson::settings);
            case OFFERED -> engine.offered().thenApply(names -> Map.of("operations", List.copyOf(names)));
            case SEARCH_SUBJECT ->
                engine.searchSubjects(
                                SeamJson.text(SeamJson.object(input.get("subject")), "type"),
                                SeamJson.action(input.get("action")),
                                SeamJson.resource(input.get("resource")),
                                SeamJson.object(input.get("context")))
                        .thenApply(SeamJson::page);
            case SEARCH_RESOURCE ->
                engine.searchResources(
                                SeamJson.subject(input.get("subject")),
                                SeamJson.action(input.get("action")),
                                SeamJson.text(SeamJson.object(input.get("resource")), "type"),
                                SeamJson.object(input.get("context")))
                        .thenApply(SeamJson::page);
            case SEARCH_ACTION ->
                engine.searchActions(
                                SeamJson.subject(input.get("subject")),
                                SeamJson.resource(input.get("resource")),
                                SeamJson.object(input.get("context")))
                        .thenApply(SeamJson::page);
            case EXPLAIN -> engine.explain(SeamJson.question(input));
        };
    }

    private CompletionStage<Map<String, Object>> evaluations(Map<String, Object> input) {
        List<EvaluationRequest> questions = new ArrayList<>();
        SeamJson.list(input.get("evaluations")).forEach(each -> questions.add(SeamJson.question(each)));
        return engine.evaluations(questions).thenApply(decisions -> {
            List<Map<String, Object>> answers = new ArrayList<>(decisions.size());
            decisions.forEach(decision -> answers.add(SeamJson.decision(decision)));
            return Map.of("evaluations", answers);
        });
    }
}
