package io.mcpaccess.authzen.endpoint;

import io.mcpaccess.core.authzen.AuthZenReader;
import io.mcpaccess.core.authzen.EvaluationRequest;
import io.mcpaccess.core.authzen.EvaluationsRequest;
import io.mcpaccess.core.decision.AccessSettings;
import io.mcpaccess.core.decision.DecisionPipeline;
import io.mcpaccess.core.decision.Pep;
import io.mcpaccess.core.decision.PermissionAnswer;
import io.mcpaccess.core.decision.PermissionEngine;
import io.mcpaccess.core.decision.TokenHolder;
import io.mcpaccess.core.decision.TokenState;
import io.mcpaccess.core.mcp.McpServer;
import io.mcpaccess.core.mcp.McpTool;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Decisions about a made-up server, so that reader, pipeline and writer are loaded before a caller waits for them. */
public final class SelfMadeDecisions {

    private static final int ROUNDS = 5;
    private static final Pep SERVER = new Pep("warm-up", Pep.Kind.MCP_SERVER);
    private static final byte[] QUESTION = ("{\"subject\":{\"type\":\"user\",\"id\":\"warm-up\"},"
                    + "\"action\":{\"name\":\"can_call\"},\"resource\":{\"type\":\"tool\",\"id\":\"warm-up\"},"
                    + "\"context\":{\"access_token\":\"a.b.c\",\"n\":[1,2.5,null,true]},"
                    + "\"evaluations\":[{},{\"resource\":{\"type\":\"tool\",\"id\":\"other\"}}]}")
            .getBytes(StandardCharsets.UTF_8);

    private SelfMadeDecisions() {}

    /** Decides some; nothing of it leaves this class. */
    public static void run() {
        AuthZenReader reader = new AuthZenReader();
        DecisionPipeline pipeline = new DecisionPipeline(
                () -> List.of(server()),
                (token, pep) -> CompletableFuture.completedFuture(token()),
                new Permits(),
                decision -> {},
                () -> "warm-up",
                System::nanoTime);
        for (int i = 0; i < ROUNDS; i++) {
            pipeline.decide(SERVER, reader.readEvaluation(QUESTION)).thenApply(DecisionJson::answer);
            EvaluationsRequest.Batch batch = (EvaluationsRequest.Batch) reader.readEvaluations(QUESTION);
            pipeline.decideAll(SERVER, batch.items(), batch.semantic()).thenApply(DecisionJson::answer);
        }
    }

    private static McpServer server() {
        McpTool tool = new McpTool("warm-up", "", Set.of("warm-up"), Instant.EPOCH);
        return new McpServer(SERVER.clientId(), "", Set.of("urn:warm-up"), McpServer.Tools.Loaded.of(List.of(tool)));
    }

    private static TokenState token() {
        return new TokenState.Active(
                new TokenHolder.User("warm-up", Optional.empty()),
                "warm-up",
                Optional.empty(),
                List.of("urn:warm-up"),
                Set.of("warm-up"),
                Instant.EPOCH,
                List.of());
    }

    private static final class Permits implements PermissionEngine {

        @Override
        public CompletionStage<List<PermissionAnswer>> evaluate(List<EvaluationRequest> questions) {
            return CompletableFuture.completedFuture(questions.stream()
                    .<PermissionAnswer>map(question -> new PermissionAnswer.Held())
                    .toList());
        }

        @Override
        public CompletionStage<AccessSettings> settings() {
            return CompletableFuture.completedFuture(AccessSettings.DEFAULTS);
        }
    }
}
