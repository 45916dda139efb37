package io.mcpaccess.core.decision;

import io.mcpaccess.core.authzen.EvaluationRequest;
import io.mcpaccess.core.authzen.Resource;
import io.mcpaccess.core.authzen.Subject;
import io.mcpaccess.core.decision.Outcome.Layer;
import io.mcpaccess.core.decision.Outcome.Refused;
import io.mcpaccess.core.mcp.CoazMapping;
import io.mcpaccess.core.mcp.McpServer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes a question about an MCP method other than a tool call ({@link CoazMapping}) to the point where the engine alone is
 * left. AM knows of no prompts, resources and tasks, so they need no scopes, and permissions always name them with their
 * server: two servers may have one of the same name.
 */
final class MethodStep {

    private final Pep pep;
    private final AccessSettings settings;
    private final ToolResolution servers;
    private final TokenRule tokenRule;

    /**
     * Looks at the questions of one request.
     *
     * @param pep who asks
     * @param settings the domain's settings
     * @param servers the domain's MCP servers
     */
    MethodStep(Pep pep, AccessSettings settings, ToolResolution servers) {
        this.pep = pep;
        this.settings = settings;
        this.servers = servers;
        this.tokenRule = new TokenRule(settings);
    }

    /**
     * A question without a token.
     *
     * @param request the question, of a mapped method
     * @param passed the layers that the caller vouches for
     * @return decided, or ready for the engine
     */
    Step withoutToken(EvaluationRequest request, List<Layer> passed) {
        if (pep.kind() == Pep.Kind.MCP_SERVER) {
            return servers.own(pep)
                    .map(own -> isAbout(request, own)
                            ? permission(CoazMapping.typed(request), own, passed)
                            : refused(ReasonCode.CALLER_NOT_ALLOWED))
                    .orElseGet(MethodStep::notLoaded);
        }
        if (!request.resource().type().equals(CoazMapping.SERVER_TYPE)) {
            // Nothing but a token says which server's prompt, resource or task it is.
            return refused(ReasonCode.TOKEN_REQUIRED);
        }
        return servers.identifiedBy(request.resource().id())
                .map(server -> permission(CoazMapping.typed(request), server, passed))
                .orElseGet(() -> refused(ReasonCode.AUDIENCE_MISMATCH));
    }

    /**
     * A question with a live token.
     *
     * @param request the question, of a mapped method
     * @param token the token
     * @return decided, or ready for the engine
     */
    Step withToken(EvaluationRequest request, TokenState.Active token) {
        boolean isServer = pep.kind() == Pep.Kind.MCP_SERVER;
        Optional<McpServer> addressed = isServer ? servers.own(pep) : servers.addressedBy(token.audience());
        if (addressed.isEmpty()) {
            return isServer ? notLoaded() : refused(ReasonCode.AUDIENCE_MISMATCH);
        }
        McpServer server = addressed.get();
        Optional<Outcome> refusal = tokenRule
                .audience(token, server)
                .or(() -> isAbout(request, server)
                        ? Optional.empty()
                        : Optional.of(new Refused(ReasonCode.AUDIENCE_MISMATCH, List.of(Layer.TOKEN), Map.of())))
                .or(() -> tokenRule.subjectOrSub(token, request.subject().id()));
        if (refusal.isPresent()) {
            return new Step.Decided(refusal.get());
        }
        EvaluationRequest asked = named(request, server)
                .withSubject(new Subject(
                        token.holder().subjectType(),
                        tokenRule.subjectOf(token).orElseThrow(),
                        request.subject().properties()));
        return new Step.NeedsPermission(PermissionPlan.ofSubject(asked, List.of(Layer.TOKEN, Layer.SCOPE))
                .withParties(asked, CallParties.of(token), server.clientId(), settings)
                .shadowedFor(server.clientId(), settings));
    }

    private Step permission(EvaluationRequest request, McpServer server, List<Layer> passed) {
        PermissionPlan plan = PermissionPlan.ofSubject(named(request, server), passed);
        // With nothing vouched for, the permission is all that holds.
        return new Step.NeedsPermission(passed.isEmpty() ? plan : plan.shadowedFor(server.clientId(), settings));
    }

    private static boolean isAbout(EvaluationRequest request, McpServer server) {
        return !request.resource().type().equals(CoazMapping.SERVER_TYPE)
                || server.resourceIdentifiers().contains(request.resource().id());
    }

    private static EvaluationRequest named(EvaluationRequest request, McpServer server) {
        Resource resource = request.resource();
        String id = resource.type().equals(CoazMapping.SERVER_TYPE)
                ? server.clientId()
                : server.clientId() + "/" + resource.id();
        return request.withResource(new Resource(resource.type(), id, resource.properties()));
    }

    private static Step refused(ReasonCode reason) {
        return new Step.Decided(new Refused(reason, List.of(), Map.of()));
    }

    private static Step notLoaded() {
        return new Step.Decided(NotLoaded.CALLER);
    }
}
