package io.mcpaccess.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpaccess.core.authzen.AuthZenReader;
import io.mcpaccess.core.authzen.Decision;
import io.mcpaccess.core.authzen.EvaluationRequest;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A decision without the network: the body is parsed, all layers decide, the answer is written. Token and permission are
 * known at once; a domain has 20 servers with 10 tools each.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 2, time = 1)
@State(Scope.Benchmark)
public class PipelineBenchmark {

    private static final Pep PEP = new Pep("server-7", Pep.Kind.MCP_SERVER);

    /** Whether the question carries the user's token. */
    @Param({"withoutToken", "withToken"})
    private String question;

    private final AuthZenReader reader = new AuthZenReader();
    private final ObjectMapper json = new ObjectMapper();
    private DecisionPipeline pipeline;
    private byte[] body;

    /** Makes the domain and the question. */
    @Setup(Level.Trial)
    public void setUp() throws JsonProcessingException {
        Instant issued = Instant.parse("2026-01-01T12:00:00Z");
        List<McpServer> servers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            List<McpTool> tools = new ArrayList<>();
            for (int j = 0; j < 10; j++) {
                String key = "tool-" + i + "-" + j;
                tools.add(new McpTool(key, "Does " + key, Set.of("tools:" + key), issued.minusSeconds(60)));
            }
            servers.add(new McpServer(
                    "server-" + i,
                    "Server " + i,
                    Set.of("https://mcp.example/" + i),
                    McpServer.Tools.Loaded.of(tools)));
        }
        TokenState token = new TokenState.Active(
                new TokenHolder.User("alice", Optional.of("ldap")),
                "sub-1",
                Optional.of("agent"),
                List.of("https://mcp.example/7"),
                Set.of("tools:tool-7-3", "openid"),
                issued,
                List.of());
        pipeline = new DecisionPipeline(
                () -> servers,
                (text, pep) -> CompletableFuture.completedFuture(token),
                new Permits(),
                record -> {},
                () -> "decision-1",
                System::nanoTime);
        String context =
                question.equals("withToken") ? ",\"context\":{\"access_token\":\"" + "x".repeat(800) + "\"}" : "";
        body = ("{\"subject\":{\"type\":\"user\",\"id\":\"alice\"},\"action\":{\"name\":\"tools/call\"},"
                        + "\"resource\":{\"type\":\"tool\",\"id\":\"tool-7-3\"}" + context + "}")
                .getBytes(StandardCharsets.UTF_8);
        if (!new String(decide(), StandardCharsets.UTF_8).contains("\"decision\":true")) {
            throw new IllegalStateException("a wrong answer");
        }
    }

    /** One decision. */
    @Benchmark
    public byte[] decide() throws JsonProcessingException {
        EvaluationRequest request = reader.readEvaluation(body);
        Decision decision =
                pipeline.decide(PEP, request).toCompletableFuture().join().toDecision();
        return json.writeValueAsBytes(Map.of("decision", decision.decision(), "context", decision.context()));
    }

    /** An engine that permits everything. */
    private static final class Permits implements PermissionEngine {
        @Override
        public CompletionStage<List<PermissionAnswer>> evaluate(List<EvaluationRequest> questions) {
            return CompletableFuture.completedFuture(questions.stream()
                    .map(each -> (PermissionAnswer) new PermissionAnswer.Held())
                    .toList());
        }

        @Override
        public CompletionStage<AccessSettings> settings() {
            return CompletableFuture.completedFuture(AccessSettings.DEFAULTS);
        }
    }
}
