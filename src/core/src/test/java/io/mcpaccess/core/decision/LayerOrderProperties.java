package io.mcpaccess.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.core.authzen.EvaluationRequest;
import io.mcpaccess.core.decision.AccessSettings.PermissionMode;
import io.mcpaccess.core.mcp.McpTool;
import io.mcpaccess.core.mcp.ToolObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;

/** Every combination of what the layers can say: the first that refuses decides, and no later one is asked. */
class LayerOrderProperties {

    enum Token {
        NONE,
        GARBAGE,
        NOT_CHECKABLE,
        LIVE
    }

    enum Permission {
        HELD,
        NOT_HELD,
        NO_ANSWER
    }

    @Property(tries = 4000, generation = GenerationMode.EXHAUSTIVE)
    void theFirstLayerThatRefusesDecidesAndTheEngineIsAskedOnlyAfterAllOthersPassed(
            @ForAll boolean callerMayAsk,
            @ForAll boolean identifierIsPlain,
            @ForAll Token token,
            @ForAll boolean audienceFits,
            @ForAll boolean subjectFits,
            @ForAll boolean scopesSuffice,
            @ForAll boolean toolIsOlder,
            @ForAll boolean nameIsUnique,
            @ForAll Permission permission,
            @ForAll boolean shadow) {
        String user = !identifierIsPlain ? "eng#member" : subjectFits ? "alice" : "bob";
        World world = new World();
        world.settings = new AccessSettings(
                AccessSettings.ScopeCheck.WHEN_PRESENTED,
                AccessSettings.UnknownTools.ENGINE,
                AccessSettings.SharedToolNames.DENY,
                AccessSettings.SubjectName.USERNAME,
                ToolObject.UNQUALIFIED,
                false,
                "can_use",
                false,
                Set.of(callerMayAsk ? "billing" : "crm"),
                shadow ? PermissionMode.SHADOW : PermissionMode.ENFORCE,
                Set.of(),
                AgentSubject.BLUEPRINT,
                BoundTokens.PEP_PROVED);
        McpTool pay =
                new McpTool("pay", "", Set.of("invoices:write"), World.ISSUED.plusSeconds(toolIsOlder ? -60 : 60));
        world.servers.set(0, World.server("billing", World.BILLING, pay));
        if (!nameIsUnique) {
            world.servers.set(1, World.server("crm", World.CRM, World.tool("pay")));
        }
        world.token(
                "t",
                "alice",
                audienceFits ? World.BILLING : World.CRM,
                scopesSuffice ? "invoices:write" : "invoices:read");
        world.permissions.clear();
        if (permission == Permission.HELD) {
            world.permit("user:" + user + " can_call tool:pay");
        } else if (permission == Permission.NO_ANSWER) {
            world.otherwise = new PermissionAnswer.NoAnswer(ReasonCode.ENGINE_UNAVAILABLE);
        }

        Optional<ReasonCode> refusal = Stream.of(
                        when(!callerMayAsk, ReasonCode.CALLER_NOT_ALLOWED),
                        when(!identifierIsPlain, ReasonCode.INVALID_IDENTIFIER),
                        when(token == Token.NOT_CHECKABLE, ReasonCode.ENGINE_UNAVAILABLE),
                        when(token == Token.GARBAGE, ReasonCode.TOKEN_INACTIVE),
                        when(token == Token.LIVE && !audienceFits, ReasonCode.AUDIENCE_MISMATCH),
                        when(token == Token.LIVE && !subjectFits, ReasonCode.SUBJECT_MISMATCH),
                        when(token == Token.LIVE && !scopesSuffice, ReasonCode.SCOPE_MISSING),
                        when(token == Token.LIVE && !toolIsOlder, ReasonCode.RECONSENT_REQUIRED),
                        when(!nameIsUnique, ReasonCode.TOOL_AMBIGUOUS))
                .flatMap(Optional::stream)
                .findFirst();
        ReasonCode decided = refusal.orElseGet(() -> switch (permission) {
            case HELD -> ReasonCode.PERMITTED;
            case NO_ANSWER -> ReasonCode.ENGINE_UNAVAILABLE;
            case NOT_HELD -> shadow && token == Token.LIVE ? ReasonCode.SHADOWED : ReasonCode.PERMISSION_DENIED;
        });

        Outcome outcome = decide(world, World.call(user, "pay", context(token)));

        assertThat(outcome.reason()).isEqualTo(decided);
        assertThat(outcome.isAllowed()).isEqualTo(decided.isPassage());
        assertThat(world.asked).hasSize(refusal.isPresent() ? 0 : 1);
        assertThat(world.log)
                .singleElement()
                .extracting(DecisionRecord::outcome)
                .isEqualTo(outcome);
    }

    private static Outcome decide(World world, EvaluationRequest question) {
        DecisionPipeline pipeline = new DecisionPipeline(
                () -> List.copyOf(world.servers),
                (token, pep) -> token.equals("unreachable")
                        ? CompletableFuture.failedFuture(new IllegalStateException("AM is down"))
                        : CompletableFuture.completedFuture(
                                world.tokens.getOrDefault(token, new TokenState.Inactive())),
                world,
                world.log::add,
                () -> "id",
                System::nanoTime);
        return pipeline.decide(World.BILLING_SERVER, question)
                .toCompletableFuture()
                .join();
    }

    private static Map<String, Object> context(Token token) {
        return switch (token) {
            case NONE -> Map.of();
            case GARBAGE -> World.with("garbage");
            case NOT_CHECKABLE -> World.with("unreachable");
            case LIVE -> World.with("t");
        };
    }

    private static Optional<ReasonCode> when(boolean refuses, ReasonCode reason) {
        return refuses ? Optional.of(reason) : Optional.empty();
    }
}
