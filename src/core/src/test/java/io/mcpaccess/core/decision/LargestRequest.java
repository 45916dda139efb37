package io.mcpaccess.core.decision;

import io.mcpaccess.core.authzen.Action;
import io.mcpaccess.core.authzen.AuthZenReader;
import io.mcpaccess.core.authzen.Decision;
import io.mcpaccess.core.authzen.EvaluationRequest;
import io.mcpaccess.core.authzen.EvaluationsRequest;
import io.mcpaccess.core.authzen.Resource;
import io.mcpaccess.core.authzen.Subject;
import io.mcpaccess.core.spi.EngineOperations;
import io.mcpaccess.core.spi.EngineSpiAdapter;
import io.mcpaccess.core.spi.EngineSpiClient;
import io.mcpaccess.core.spi.EngineTerms;
import io.mcpaccess.core.spi.SearchPage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The largest batches that are allowed, decided in a heap of whatever size: reader, pipeline, both sides of the SPI, and checks. */
final class LargestRequest {

    private LargestRequest() {}

    /**
     * Decides each a few times.
     *
     * @param args none
     */
    public static void main(String[] args) {
        for (int i = 0; i < 3; i++) {
            for (String body : List.of(manyItems(), manyMembers(), deepAndWide())) {
                decide(body);
            }
        }
    }

    private static void decide(String body) {
        EvaluationsRequest.Batch batch =
                (EvaluationsRequest.Batch) new AuthZenReader().readEvaluations(body.getBytes(StandardCharsets.UTF_8));
        EngineOperations engine =
                EngineSpiClient.of(new EngineSpiAdapter(new Checks())).orElseThrow();
        World world = new World();
        List<Decision> decisions = new DecisionPipeline(
                        () -> world.servers,
                        (token, pep) -> CompletableFuture.completedFuture(new TokenState.Inactive()),
                        new PermissionEngine() {
                            @Override
                            public CompletionStage<List<PermissionAnswer>> evaluate(List<EvaluationRequest> questions) {
                                return engine.evaluations(questions)
                                        .thenApply(all -> all.stream()
                                                .map(PermissionAnswer::of)
                                                .toList());
                            }

                            @Override
                            public CompletionStage<AccessSettings> settings() {
                                return CompletableFuture.completedFuture(AccessSettings.DEFAULTS);
                            }
                        },
                        decision -> {},
                        () -> "id",
                        System::nanoTime)
                .decideAll(World.GATEWAY, batch.items(), batch.semantic())
                .toCompletableFuture()
                .join();
        if (decisions.size() != batch.items().size() || decisions.stream().noneMatch(Decision::isAllowed)) {
            throw new IllegalStateException("The batch was not decided.");
        }
    }

    /** As many items as there may be, each with a context that is nearly all they may have. */
    private static String manyItems() {
        String value = "x".repeat(1_850);
        StringBuilder items = new StringBuilder();
        for (int i = 0; i < AuthZenReader.MAX_ITEMS; i++) {
            items.append(i == 0 ? "" : ",")
                    .append("{\"resource\":{\"type\":\"record\",\"id\":\"r")
                    .append(i)
                    .append("\"}}");
        }
        return batch("{\"v\":\"" + value + "\"}", items.toString());
    }

    /** Contexts of as many members as there may be. */
    private static String manyMembers() {
        StringBuilder members = new StringBuilder("{");
        for (int i = 0; i < 9_000; i++) {
            members.append(i == 0 ? "" : ",").append("\"m").append(i).append("\":1");
        }
        return batch(members + "}", "{},{},{},{},{},{},{},{},{}");
    }

    /** A body of as many objects as there may be. */
    private static String deepAndWide() {
        StringBuilder objects = new StringBuilder("[");
        for (int i = 0; i < 99_000; i++) {
            objects.append(i == 0 ? "" : ",").append("{}");
        }
        return batch("{\"o\":" + objects + "]}", "{}");
    }

    private static String batch(String context, String items) {
        return "{\"subject\":{\"type\":\"user\",\"id\":\"alice\"},\"action\":{\"name\":\"read\"},"
                + "\"resource\":{\"type\":\"record\",\"id\":\"r0\"},\"context\":" + context + ",\"evaluations\":["
                + items
                + "]}";
    }

    /** Maps each question to a check, as the engine does, and holds all of them at once. */
    private static final class Checks implements EngineOperations {

        @Override
        public CompletionStage<List<Decision>> evaluations(List<EvaluationRequest> questions) {
            CheckMapping mapping = new CheckMapping(Map.of());
            var checks = questions.stream().map(mapping::map).toList();
            return CompletableFuture.completedFuture(
                    checks.stream().map(check -> new Decision(true, Map.of())).toList());
        }

        @Override
        public CompletionStage<EngineTerms> terms() {
            return CompletableFuture.completedFuture(EngineTerms.UNKNOWN);
        }

        @Override
        public CompletionStage<Set<String>> offered() {
            return CompletableFuture.completedFuture(Set.of());
        }

        @Override
        public CompletionStage<SearchPage> searchSubjects(
                String subjectType, Action action, Resource resource, Map<String, Object> context) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<SearchPage> searchResources(
                Subject subject, Action action, String resourceType, Map<String, Object> context) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<SearchPage> searchActions(
                Subject subject, Resource resource, Map<String, Object> context) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Map<String, Object>> explain(EvaluationRequest question) {
            throw new UnsupportedOperationException();
        }
    }
}
