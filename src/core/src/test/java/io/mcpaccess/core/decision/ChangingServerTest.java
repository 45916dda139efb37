package io.mcpaccess.core.decision;

import static io.mcpaccess.core.decision.World.BILLING_SERVER;
import static io.mcpaccess.core.decision.World.CRM;
import static io.mcpaccess.core.decision.World.CRM_SERVER;
import static io.mcpaccess.core.decision.World.GATEWAY;
import static io.mcpaccess.core.decision.World.call;
import static io.mcpaccess.core.decision.World.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.core.mcp.McpServer;
import io.mcpaccess.core.mcp.McpServer.Tools;
import io.mcpaccess.core.mcp.McpTool;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One MCP server was changed and is being read again; the others go on. */
class ChangingServerTest {

    private final World world = new World();

    @BeforeEach
    void crmIsBeingRead() {
        world.servers.set(1, changing("crm", CRM, World.tool("find"), World.tool("shared")));
        world.permit("user:alice can_call tool:find");
        world.permit("user:alice can_call tool:shared");
    }

    @Test
    void anotherServersToolsAreDecidedAsEver() {
        assertThat(world.decide(BILLING_SERVER, call("alice", "pay", with("t"))).reason())
                .isEqualTo(ReasonCode.PERMITTED);
        assertThat(world.decide(GATEWAY, call("alice", "pay", with("t"))).reason())
                .isEqualTo(ReasonCode.PERMITTED);
        assertThat(world.decide(GATEWAY, call("alice", "pay", Map.of())).reason())
                .isEqualTo(ReasonCode.PERMITTED);
    }

    @Test
    void attack_theToolsOfBeforeAreUsedWhileTheNewOnesAreRead() {
        world.token("crm", "alice", CRM);
        for (Map<String, Object> context : List.of(with("crm"), Map.<String, Object>of())) {
            for (Pep pep : List.of(CRM_SERVER, GATEWAY)) {
                assertThat(world.decide(pep, call("alice", "find", context))).isInstanceOf(Outcome.Unavailable.class);
            }
        }
        assertThat(world.asked).isEmpty();
    }

    @Test
    void whatTheChangedServerHadKeepsASharedNameShut() {
        world.servers.set(
                0, World.server("billing", World.BILLING, World.tool("pay", "invoices:write"), World.tool("shared")));

        assertThat(world.decide(BILLING_SERVER, call("alice", "shared", with("t")))
                        .reason())
                .isEqualTo(ReasonCode.TOOL_AMBIGUOUS);
    }

    @Test
    void aQuestionAboutItWaitsUntilItIsReadAndEachTokenIsLookedUpOnce() {
        world.token("crm", "alice", CRM);
        CompletableFuture<Void> read = new CompletableFuture<>();
        DecisionPipeline pipeline = pipeline(read);
        CompletableFuture<Outcome> decided =
                pipeline.decide(CRM_SERVER, call("alice", "find", with("crm"))).toCompletableFuture();
        assertThat(decided).isNotDone();

        world.servers.set(1, World.server("crm", CRM, World.tool("find")));
        read.complete(null);
        assertThat(decided.join().reason()).isEqualTo(ReasonCode.PERMITTED);
        assertThat(world.introspected).containsExactly("crm");
        assertThat(world.log).hasSize(1);
    }

    @Test
    void aQuestionAboutAnotherDoesNotWait() {
        CompletableFuture<Outcome> decided = pipeline(new CompletableFuture<>())
                .decide(BILLING_SERVER, call("alice", "pay", with("t")))
                .toCompletableFuture();

        assertThat(decided.getNow(null)).isInstanceOf(Outcome.Permitted.class);
    }

    private DecisionPipeline pipeline(CompletionStage<Void> read) {
        return new DecisionPipeline(
                new ToolCatalogue() {
                    @Override
                    public Collection<McpServer> servers() {
                        return List.copyOf(world.servers);
                    }

                    @Override
                    public CompletionStage<Void> settled() {
                        return read;
                    }
                },
                (token, pep) -> {
                    world.introspected.add(token);
                    return CompletableFuture.completedFuture(world.tokens.get(token));
                },
                world,
                world.log::add,
                () -> "id",
                System::nanoTime);
    }

    private static McpServer changing(String clientId, String identifier, McpTool... tools) {
        return new McpServer(
                clientId, clientId, Set.of(identifier), new Tools.Changing(Tools.Loaded.of(List.of(tools))));
    }
}
