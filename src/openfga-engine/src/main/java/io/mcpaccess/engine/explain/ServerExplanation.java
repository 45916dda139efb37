package io.mcpaccess.engine.explain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpaccess.openfga.BackendException;
import io.mcpaccess.openfga.BackendException.Problem;
import io.mcpaccess.openfga.ModelDocument;
import io.mcpaccess.openfga.PermissionQuestion;
import io.mcpaccess.openfga.StoreExplanation;
import io.mcpaccess.openfga.embedded.ChangeLog;
import io.mcpaccess.openfga.embedded.EmbeddedEngine;
import io.mcpaccess.openfga.embedded.StoreContent;
import io.mcpaccess.openfga.embedded.Ulids;
import io.mcpaccess.openfga.embedded.backend.EmbeddedBackend;
import io.mcpaccess.openfga.embedded.model.AuthorizationModel;
import io.mcpaccess.openfga.embedded.model.ModelReader;
import io.mcpaccess.openfga.embedded.problem.InvalidModelException;
import io.mcpaccess.openfga.server.ServerBackend;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Explains a decision of an OpenFGA server: with its own model and the tuples that can matter, evaluated here. */
final class ServerExplanation implements StoreExplanation {

    private static final int MOST_READS = 1000;

    /** What is left of two seconds is for the evaluator. */
    private static final Duration READING = Duration.ofMillis(1500);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ServerBackend server;
    private final Clock clock;

    ServerExplanation(ServerBackend server, Clock clock) {
        this.server = server;
        this.clock = clock;
    }

    @Override
    public CompletionStage<Map<String, Object>> explain(PermissionQuestion question) {
        return server.currentModel().thenCompose(document -> {
            AuthorizationModel model = model(document);
            return new TupleGathering(
                            server::tuplesOf, typesWithRelations(document), MOST_READS, READING, System::nanoTime)
                    .from(question.tuple().object())
                    .thenCompose(gathered -> evaluate(question, document.id(), model, gathered));
        });
    }

    private CompletionStage<Map<String, Object>> evaluate(
            PermissionQuestion question, String modelId, AuthorizationModel model, TupleGathering.Gathered gathered) {
        StoreContent content =
                new StoreContent("explained", List.of(new StoreContent.Model(modelId, model)), gathered.tuples());
        EmbeddedBackend evaluator = new EmbeddedBackend(
                new EmbeddedEngine(content, ChangeLog.none(), new Ulids(clock, new SecureRandom())),
                "explained",
                Optional.empty());
        return evaluator
                .explain(question)
                .thenApply(explanation -> {
                    Map<String, Object> json = new LinkedHashMap<>(explanation.toJson());
                    json.put("reads", gathered.reads());
                    json.put("complete", explanation.complete() && gathered.isComplete());
                    return json;
                })
                .whenComplete((json, thrown) -> evaluator.close());
    }

    private static AuthorizationModel model(ModelDocument document) {
        try {
            return ModelReader.fromJson(document.json());
        } catch (InvalidModelException e) {
            throw new BackendException(
                    Problem.UNSUPPORTED, "This model can be decided by but not explained: " + e.getMessage(), e);
        }
    }

    private static Set<String> typesWithRelations(ModelDocument document) {
        try {
            Set<String> types = new HashSet<>();
            for (JsonNode type : JSON.readTree(document.json()).path("type_definitions")) {
                if (!type.path("relations").isEmpty()) {
                    types.add(type.path("type").asText());
                }
            }
            return types;
        } catch (JsonProcessingException e) {
            throw new BackendException(Problem.UNAVAILABLE, "The authorization model is no JSON", e);
        }
    }
}
