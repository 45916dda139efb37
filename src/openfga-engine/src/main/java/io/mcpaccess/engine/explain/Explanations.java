package io.mcpaccess.engine.explain;

import io.mcpaccess.openfga.BackendException;
import io.mcpaccess.openfga.CallContext;
import io.mcpaccess.openfga.CheckResult;
import io.mcpaccess.openfga.OpenFgaBackend;
import io.mcpaccess.openfga.PermissionQuestion;
import io.mcpaccess.openfga.embedded.EmbeddedBackend;
import io.mcpaccess.openfga.server.ServerBackend;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Explains the decisions of a backend. Takes at most some two seconds, and never blocks the caller. */
public final class Explanations {

    private final OpenFgaBackend backend;

    /**
     * Explanations of one backend.
     *
     * @param backend the backend
     */
    public Explanations(OpenFgaBackend backend) {
        this.backend = backend;
    }

    /**
     * Explains a question.
     *
     * @param question the question
     * @return JSON: {@code allowed} and {@code reason_code} as the backend decides, then what the evaluator says about it
     *     ({@code path}, {@code missing}, {@code conditions}, {@code blocked}, {@code text}, and {@code svg}, a picture of it); {@code complete} is false
     *     when it stopped early or does not come to the backend's answer. Fails with a {@link BackendException}
     */
    public CompletionStage<Map<String, Object>> explain(PermissionQuestion question) {
        return backend.check(question, CallContext.none())
                .thenCompose(result -> result instanceof CheckResult.Unavailable none
                        ? CompletableFuture.failedFuture(
                                new BackendException(BackendException.Problem.UNAVAILABLE, none.detail()))
                        : explanation(question).thenApply(explanation -> combined(result, explanation)));
    }

    private CompletionStage<Map<String, Object>> explanation(PermissionQuestion question) {
        if (backend instanceof EmbeddedBackend embedded) {
            return embedded.explain(question).thenApply(explanation -> explanation.toJson());
        }
        if (backend instanceof ServerBackend server) {
            return new ServerExplanation(server).explain(question);
        }
        return CompletableFuture.failedFuture(new BackendException(
                BackendException.Problem.UNSUPPORTED, "The engine has no store that could be explained"));
    }

    private static Map<String, Object> combined(CheckResult result, Map<String, Object> explanation) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("allowed", result.isAllowed());
        json.put("reason_code", result.reasonCode());
        json.putAll(explanation);
        boolean agrees = result.isAllowed() == "allow".equals(explanation.get("answer"));
        json.put("complete", agrees && Boolean.TRUE.equals(explanation.get("complete")));
        return json;
    }
}
