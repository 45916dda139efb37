package io.mcpaccess.core.spi;

import io.mcpaccess.core.authzen.Action;
import io.mcpaccess.core.authzen.Decision;
import io.mcpaccess.core.authzen.EvaluationRequest;
import io.mcpaccess.core.authzen.Resource;
import io.mcpaccess.core.authzen.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

/**
 * The caller's side of the engine SPI: typed operations over the function that an engine's provider is.
 *
 * <p>Safe for use by many threads; what goes wrong on either side fails the stage.
 */
public final class EngineSpiClient implements EngineOperations {

    private final BiFunction<String, Map<String, Object>, CompletionStage<Map<String, Object>>> function;

    /** The input of the operations that every caller begins with: whose engine it is. */
    private final Map<String, Object> beginning;

    private volatile Known known;

    private EngineSpiClient(
            BiFunction<String, Map<String, Object>, CompletionStage<Map<String, Object>>> function,
            Map<String, Object> beginning) {
        this.function = Objects.requireNonNull(function, "function");
        this.beginning = beginning;
    }

    /**
     * Finds the SPI of a domain's engine.
     *
     * @param provider what AM gives as the domain's engine
     * @param domainId the domain, which the engine is told
     * @return the typed operations, or nothing where the engine is not ours
     */
    public static Optional<EngineOperations> of(Object provider, String domainId) {
        return of(provider, Map.of(EngineSpiJson.DOMAIN, domainId));
    }

    /**
     * Finds the SPI of an engine.
     *
     * @param provider what AM gives as the domain's engine
     * @return the typed operations, or nothing where the engine is not ours
     */
    public static Optional<EngineOperations> of(Object provider) {
        return of(provider, Map.of());
    }

    @SuppressWarnings("unchecked") // The types behind BiFunction are the JDK's own on both sides of the SPI.
    private static Optional<EngineOperations> of(Object provider, Map<String, Object> beginning) {
        return provider instanceof BiFunction<?, ?, ?> function
                ? Optional.of(new EngineSpiClient(
                        (BiFunction<String, Map<String, Object>, CompletionStage<Map<String, Object>>>) function,
                        beginning))
                : Optional.empty();
    }

    @Override
    public CompletionStage<List<Decision>> evaluations(List<EvaluationRequest> questions) {
        List<Map<String, Object>> asked = new ArrayList<>(questions.size());
        WrittenQuestions written = new WrittenQuestions();
        for (EvaluationRequest question : questions) {
            asked.add(written.next(question));
        }
        return call(Operation.EVALUATIONS, Map.of("evaluations", asked)).thenApply(output -> {
            List<Decision> decisions = new ArrayList<>(questions.size());
            Object last = null;
            for (Object each : EngineSpiJson.list(output.get("evaluations"))) {
                // Our engine says the same in one object.
                decisions.add(
                        each != null && each == last
                                ? decisions.get(decisions.size() - 1)
                                : EngineSpiJson.decision(each));
                last = each;
            }
            if (decisions.size() != questions.size()) {
                throw new IllegalStateException(
                        "The engine answered " + decisions.size() + " of " + questions.size() + " questions.");
            }
            return decisions;
        });
    }

    @Override
    public CompletionStage<EngineTerms> terms() {
        return call(Operation.SETTINGS, beginning).thenApply(this::read);
    }

    /** Our engine gives the same map as long as nothing changes: it is read once. */
    private EngineTerms read(Map<String, Object> json) {
        Known last = known;
        if (last == null || last.json() != json) {
            last = new Known(json, EngineSpiJson.terms(json));
            known = last;
        }
        return last.terms();
    }

    /** Terms as they came and as they were read. */
    private record Known(Map<String, Object> json, EngineTerms terms) {}

    @Override
    public CompletionStage<Set<String>> offered() {
        return call(Operation.OFFERED, beginning).thenApply(output -> EngineSpiJson.strings(output.get("operations")));
    }

    @Override
    public CompletionStage<SearchPage> searchSubjects(
            String subjectType, Action action, Resource resource, Map<String, Object> context) {
        return call(
                        Operation.SEARCH_SUBJECT,
                        Map.of(
                                "subject", Map.of("type", subjectType),
                                "action", EngineSpiJson.action(action),
                                "resource", EngineSpiJson.resource(resource),
                                "context", context))
                .thenApply(EngineSpiJson::page);
    }

    @Override
    public CompletionStage<SearchPage> searchResources(
            Subject subject, Action action, String resourceType, Map<String, Object> context) {
        return call(
                        Operation.SEARCH_RESOURCE,
                        Map.of(
                                "subject", EngineSpiJson.subject(subject),
                                "action", EngineSpiJson.action(action),
                                "resource", Map.of("type", resourceType),
                                "context", context))
                .thenApply(EngineSpiJson::page);
    }

    @Override
    public CompletionStage<SearchPage> searchActions(Subject subject, Resource resource, Map<String, Object> context) {
        return call(
                        Operation.SEARCH_ACTION,
                        Map.of(
                                "subject", EngineSpiJson.subject(subject),
                                "resource", EngineSpiJson.resource(resource),
                                "context", context))
                .thenApply(EngineSpiJson::page);
    }

    @Override
    public CompletionStage<Map<String, Object>> explain(EvaluationRequest question) {
        return call(Operation.EXPLAIN, EngineSpiJson.question(question));
    }

    private CompletionStage<Map<String, Object>> call(Operation operation, Map<String, Object> input) {
        try {
            CompletionStage<Map<String, Object>> stage = function.apply(operation.wireName(), input);
            return Objects.requireNonNull(stage, "the engine gave no stage");
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
