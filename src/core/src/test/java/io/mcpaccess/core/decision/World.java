package io.mcpaccess.core.decision;

import io.mcpaccess.core.authzen.Action;
import io.mcpaccess.core.authzen.EvaluationRequest;
import io.mcpaccess.core.authzen.Resource;
import io.mcpaccess.core.authzen.Subject;
import io.mcpaccess.core.mcp.McpServer;
import io.mcpaccess.core.mcp.McpTool;
import io.mcpaccess.core.mcp.ToolObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A small domain for tests of the pipeline: two MCP servers, tokens, permissions, and what the ports were asked. */
final class World implements PermissionEngine {

    static final Instant ISSUED = Instant.parse("2026-01-01T12:00:00Z");
    static final String BILLING = "https://billing.example/mcp";
    static final String CRM = "https://crm.example/mcp";
    static final Pep BILLING_SERVER = new Pep("billing", Pep.Kind.MCP_SERVER);
    static final Pep CRM_SERVER = new Pep("crm", Pep.Kind.MCP_SERVER);
    static final Pep GATEWAY = new Pep("gateway", Pep.Kind.APPLICATION);

    final List<McpServer> servers = new ArrayList<>();
    final Map<String, TokenState> tokens = new HashMap<>();
    final Set<String> permissions = new HashSet<>();
    final List<EvaluationRequest> asked = new ArrayList<>();
    final List<String> introspected = new ArrayList<>();
    final List<DecisionRecord> log = new ArrayList<>();
    AccessSettings settings = AccessSettings.DEFAULTS;
    PermissionAnswer otherwise = new PermissionAnswer.NotHeld(ReasonCode.PERMISSION_DENIED);

    World() {
        servers.add(server("billing", BILLING, tool("pay", "invoices:write"), tool("list", "invoices:read")));
        servers.add(server("crm", CRM, tool("find")));
        token("t", "alice", BILLING, "invoices:read", "invoices:write");
        permit("user:alice can_call tool:pay");
    }

    static McpTool tool(String key, String... scopes) {
        return new McpTool(key, key, Set.of(scopes), ISSUED.minusSeconds(60));
    }

    static McpServer server(String clientId, String identifier, McpTool... tools) {
        return new McpServer(clientId, clientId, Set.of(identifier), McpServer.Tools.Loaded.of(List.of(tools)));
    }

    static McpServer notLoaded(String clientId, String identifier) {
        return new McpServer(clientId, clientId, Set.of(identifier), new McpServer.Tools.NotLoaded());
    }

    void token(String token, String username, String audience, String... scopes) {
        tokens.put(token, active(username, List.of(audience), Set.of(scopes), List.of()));
    }

    static TokenState.Active active(String username, List<String> audience, Set<String> scopes, List<String> actors) {
        return new TokenState.Active(
                new TokenHolder.User(username, Optional.of("ldap")),
                "sub-of-" + username,
                Optional.of("agent-app"),
                audience,
                scopes,
                ISSUED,
                actors);
    }

    void permit(String permission) {
        permissions.add(permission);
    }

    void settings(
            AccessSettings.ScopeCheck scopeCheck, AccessSettings.UnknownTools unknownTools, ToolObject toolObject) {
        settings = new AccessSettings(
                scopeCheck,
                unknownTools,
                AccessSettings.SharedToolNames.DENY,
                AccessSettings.SubjectName.USERNAME,
                toolObject,
                false,
                "can_use",
                false,
                Set.of(),
                AccessSettings.PermissionMode.ENFORCE,
                Set.of(),
                AgentSubject.BLUEPRINT,
                BoundTokens.PEP_PROVED);
    }

    void parties(boolean checkClient, boolean checkActor) {
        settings = new AccessSettings(
                AccessSettings.ScopeCheck.WHEN_PRESENTED,
                AccessSettings.UnknownTools.ENGINE,
                AccessSettings.SharedToolNames.DENY,
                AccessSettings.SubjectName.USERNAME,
                ToolObject.UNQUALIFIED,
                checkClient,
                "can_use",
                checkActor,
                Set.of(),
                AccessSettings.PermissionMode.ENFORCE,
                Set.of(),
                AgentSubject.BLUEPRINT,
                BoundTokens.PEP_PROVED);
    }

    static EvaluationRequest call(String user, String tool, Map<String, Object> context) {
        return new EvaluationRequest(
                Subject.of("user", user), Action.of("can_call"), Resource.of("tool", tool), context);
    }

    static Map<String, Object> with(String token) {
        return Map.of("access_token", token);
    }

    DecisionPipeline pipeline() {
        return new DecisionPipeline(
                () -> List.copyOf(servers),
                (token, pep) -> {
                    introspected.add(token);
                    return CompletableFuture.completedFuture(tokens.getOrDefault(token, new TokenState.Inactive()));
                },
                this,
                log::add,
                () -> "decision-" + log.size(),
                System::nanoTime);
    }

    Outcome decide(Pep pep, EvaluationRequest request) {
        return pipeline().decide(pep, request).toCompletableFuture().join();
    }

    @Override
    public CompletionStage<List<PermissionAnswer>> evaluate(List<EvaluationRequest> questions) {
        asked.addAll(questions);
        return CompletableFuture.completedFuture(questions.stream()
                .map(question -> permissions.contains(question.toString()) ? new PermissionAnswer.Held() : otherwise)
                .toList());
    }

    @Override
    public CompletionStage<AccessSettings> settings() {
        return CompletableFuture.completedFuture(settings);
    }
}
