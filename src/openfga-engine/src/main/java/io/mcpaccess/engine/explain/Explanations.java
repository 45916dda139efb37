package io.mcpaccess.engine.explain;

import io.mcpaccess.openfga.BackendException;
import io.mcpaccess.openfga.CallContext;
import io.mcpaccess.openfga.CheckResult;
import io.mcpaccess.openfga.DenialReason;
import io.mcpaccess.openfga.PermissionChecks;
import io.mcpaccess.openfga.PermissionQuestion;
import io.mcpaccess.openfga.StoreExplanation;
import io.mcpaccess.openfga.embedded.backend.EmbeddedBackend;
import io.mcpaccess.openfga.embedded.explain.Explanation;
import io.mcpaccess.openfga.server.ServerBackend;
import io.mcpaccess.registry.map.EngineView.Explainer;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Explains the decisions of a backend. Takes at most some two seconds, and never blocks the caller. */
public final class Explanations {

    private final PermissionChecks checks;
    private final StoreExplanation store;

    private Explanations(PermissionChecks checks, StoreExplanation store) {
        this.checks = checks;
        this.store = store;
    }

    /**
     * Explains a question.
     *
     * @param question the question
     * @return JSON: {@code allowed} and {@code reason_code} as the backend decides, or {@link Explainer#CONDITION_FAILED} where it refuses
     *     and a tuple would have allowed it, had its condition been met; then what the evaluator says about it
     *     ({@code path}, {@code missing}, {@code conditions}, {@code blocked}, {@code text}, and {@code svg}, a picture of it); {@code complete} is false
     *     when it stopped early or does not come to the backend's answer. Fails with a {@link BackendException}
     */
    public CompletionStage<Map<String, Object>> explain(PermissionQuestion question) {
        return checks.check(question, CallContext.none())
                .thenCompose(result -> result instanceof CheckResult.Unavailable none
                        ? CompletableFuture.failedFuture(
                                new BackendException(BackendException.Problem.UNAVAILABLE, none.detail()))
                        : store.explain(question).thenApply(explanation -> combined(result, explanation)));
    }

    /**
     * Of a store in this process.
     *
     * @param embedded the store
     * @return its explanations
     */
    public static Explanations of(EmbeddedBackend embedded) {
        return new Explanations(embedded, question -> embedded.explain(question).thenApply(Explanation::toJson));
    }

    /**
     * Of a store on a server, whose tuples are fetched and evaluated here.
     *
     * @param server the store
     * @param clock tells the time to what evaluates the tuples
     * @return its explanations
     */
    public static Explanations of(ServerBackend server, Clock clock) {
        return new Explanations(server, new ServerExplanation(server, clock));
    }

    private static Map<String, Object> combined(CheckResult result, Map<String, Object> explanation) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("allowed", result.isAllowed());
        json.put(
                "reason_code", isForACondition(result, explanation) ? Explainer.CONDITION_FAILED : result.reasonCode());
        json.putAll(explanation);
        boolean agrees = result.isAllowed() == "allow".equals(explanation.get("answer"));
        json.put("complete", agrees && Boolean.TRUE.equals(explanation.get("complete")));
        return json;
    }

    /** A store says no, and not why; that a condition is what stands in the way comes of looking. */
    private static boolean isForACondition(CheckResult result, Map<String, Object> explanation) {
        return result instanceof CheckResult.Denied denied
                && denied.reason() == DenialReason.PERMISSION_DENIED
                && List.of().equals(explanation.get("blocked"))
                && explanation.get("conditions") instanceof List<?> conditions
                && conditions.stream()
                        .anyMatch(each ->
                                each instanceof Map<?, ?> condition && "not_met".equals(condition.get("problem")));
    }
}
