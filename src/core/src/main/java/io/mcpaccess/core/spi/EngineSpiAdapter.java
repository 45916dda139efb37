package io.mcpaccess.core.spi;

import io.mcpaccess.core.authzen.Decision;
import io.mcpaccess.core.authzen.EvaluationRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

/**
 * The engine's side of the engine SPI: makes typed operations callable with the types that plugins share. A provider
 * implements {@link BiFunction} and delegates to one of these.
 *
 * <p>Never throws: what goes wrong fails the stage.
 */
public final class EngineSpiAdapter
        implements BiFunction<String, Map<String, Object>, CompletionStage<Map<String, Object>>> {

    private final EngineOperations engine;
    private volatile Known known;

    /**
     * Adapts an engine.
     *
     * @param engine its typed operations
     */
    public EngineSpiAdapter(EngineOperations engine) {
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
        boolean tellsDomain = operation == Operation.SETTINGS || operation == Operation.OFFERED;
        if (tellsDomain && input.get(EngineSpiJson.DOMAIN) instanceof String domain) {
            engine.belongsTo(domain);
        }
        return switch (operation) {
            case EVALUATIONS -> evaluations(input);
            case SETTINGS -> engine.terms().thenApply(this::written);
            case OFFERED -> engine.offered().thenApply(names -> Map.of("operations", List.copyOf(names)));
            case SEARCH_SUBJECT ->
                engine.searchSubjects(
                                EngineSpiJson.text(EngineSpiJson.object(input.get("subject")), "type"),
                                EngineSpiJson.action(input.get("action")),
                                EngineSpiJson.resource(input.get("resource")),
                                EngineSpiJson.object(input.get("context")))
                        .thenApply(EngineSpiJson::page);
            case SEARCH_RESOURCE ->
                engine.searchResources(
                                EngineSpiJson.subject(input.get("subject")),
                                EngineSpiJson.action(input.get("action")),
                                EngineSpiJson.text(EngineSpiJson.object(input.get("resource")), "type"),
                                EngineSpiJson.object(input.get("context")))
                        .thenApply(EngineSpiJson::page);
            case SEARCH_ACTION ->
                engine.searchActions(
                                EngineSpiJson.subject(input.get("subject")),
                                EngineSpiJson.resource(input.get("resource")),
                                EngineSpiJson.object(input.get("context")))
                        .thenApply(EngineSpiJson::page);
            case EXPLAIN -> engine.explain(EngineSpiJson.question(input));
        };
    }

    /** The same map for the same terms, by which callers know that nothing has changed. */
    private Map<String, Object> written(EngineTerms terms) {
        Known last = known;
        if (last == null || last.terms() != terms) {
            last = new Known(terms, Collections.unmodifiableMap(EngineSpiJson.terms(terms)));
            known = last;
        }
        return last.json();
    }

    /** Terms and what is said of them. */
    private record Known(EngineTerms terms, Map<String, Object> json) {}

    private CompletionStage<Map<String, Object>> evaluations(Map<String, Object> input) {
        Collection<?> asked = EngineSpiJson.list(input.get("evaluations"));
        List<EvaluationRequest> questions = new ArrayList<>(asked.size());
        SharedObjects shared = new SharedObjects();
        for (Object each : asked) {
            questions.add(EngineSpiJson.question(each, shared));
        }
        return engine.evaluations(questions).thenApply(decisions -> {
            List<Map<String, Object>> answers = new ArrayList<>(decisions.size());
            Decision last = null;
            for (Decision decision : decisions) {
                answers.add(decision == last ? answers.get(answers.size() - 1) : EngineSpiJson.decision(decision));
                last = decision;
            }
            return Map.of("evaluations", answers);
        });
    }
}
