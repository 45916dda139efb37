package io.mcpaccess.core.decision;

import io.mcpaccess.core.authzen.EvaluationRequest;
import io.mcpaccess.core.authzen.Resource;
import io.mcpaccess.core.authzen.Subject;
import io.mcpaccess.core.decision.Outcome.Layer;
import io.mcpaccess.core.decision.Outcome.Refused;
import io.mcpaccess.core.decision.Outcome.Unavailable;
import io.mcpaccess.core.mcp.CoazMapping;
import io.mcpaccess.openfga.Identifiers;
import io.mcpaccess.openfga.InvalidIdentifierException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Takes one question from the caller's right to ask to the point where the engine alone is left. */
final class ToolStep {

    private final Pep pep;
    private final AccessSettings settings;
    private final ToolResolution tools;
    private final TokenRule tokenRule;
    private final MethodStep methods;

    /**
     * Looks at the questions of one request.
     *
     * @param pep who asks
     * @param settings the domain's settings
     * @param tools the domain's MCP servers
     */
    ToolStep(Pep pep, AccessSettings settings, ToolResolution tools) {
        this.pep = pep;
        this.settings = settings;
        this.tools = tools;
        this.tokenRule = new TokenRule(settings);
        this.methods = new MethodStep(pep, settings, tools);
    }

    /**
     * As far as it goes without a token.
     *
     * @param request the question
     * @return decided, in need of the token, or ready for the engine
     */
    Step beforeToken(EvaluationRequest request) {
        Optional<Outcome> refusal = refusal(pep, settings);
        if (refusal.isPresent()) {
            return new Step.Decided(refusal.get());
        }
        try {
            // The relation is the engine's to check: an alias may stand for it.
            Identifiers.user(request.subject().type(), request.subject().id());
            Identifiers.object(request.resource().type(), request.resource().id());
        } catch (InvalidIdentifierException e) {
            return new Step.Decided(
                    new Refused(ReasonCode.INVALID_IDENTIFIER, List.of(), Map.of("error_description", e.getMessage())));
        }
        boolean isMethod = CoazMapping.isShapeOf(request);
        if (isMethod && !CoazMapping.isMapped(request)) {
            return refused(ReasonCode.METHOD_UNMAPPED);
        }
        boolean isTool = request.resource().type().equals(settings.toolObject().type());
        if (!isTool && !isMethod) {
            return new Step.NeedsPermission(PermissionPlan.ofSubject(request, List.of()));
        }
        Credentials credentials = Credentials.of(request, pep);
        if (credentials instanceof Credentials.Token token) {
            return new Step.NeedsToken(request, token.token());
        }
        if (settings.scopeCheck() == AccessSettings.ScopeCheck.REQUIRED) {
            return refused(ReasonCode.TOKEN_REQUIRED);
        }
        if (!isTool) {
            return methods.withoutToken(
                    request, credentials instanceof Credentials.Scopes ? List.of(Layer.SCOPE) : List.of());
        }
        EvaluationRequest asked = isMethod ? CoazMapping.typed(request) : request;
        return credentials instanceof Credentials.Scopes scopes ? withScopes(asked, scopes) : withoutToken(asked);
    }

    /**
     * Whether the domain's administrator lets this caller ask.
     *
     * @param pep the caller
     * @param settings the domain's settings
     * @return the refusal, or nothing
     */
    static Optional<Outcome> refusal(Pep pep, AccessSettings settings) {
        return settings.callers().isEmpty() || settings.callers().contains(pep.clientId())
                ? Optional.empty()
                : Optional.of(new Refused(ReasonCode.CALLER_NOT_ALLOWED, List.of(), Map.of()));
    }

    /**
     * On from there, once the token is known.
     *
     * @param request the question
     * @param lookup what introspection said
     * @return decided, or ready for the engine
     */
    Step afterToken(EvaluationRequest request, TokenLookup lookup) {
        if (!(lookup instanceof TokenLookup.Known known)) {
            return new Step.Decided(
                    new Unavailable(ReasonCode.ENGINE_UNAVAILABLE, "The access token could not be checked."));
        }
        if (!(known.state() instanceof TokenState.Active token)) {
            return new Step.Decided(TokenRule.inactive());
        }
        Optional<Outcome> unproved = tokenRule.possession(token, Credentials.isProved(request, pep));
        if (unproved.isPresent()) {
            return new Step.Decided(unproved.get());
        }
        if (!request.resource().type().equals(settings.toolObject().type())) {
            return methods.withToken(request, token);
        }
        String id = request.resource().id();
        if (pep.kind() == Pep.Kind.APPLICATION) {
            return addressed(request, token, tools.addressedBy(token.audience(), id));
        }
        // A token for another server is refused as such, whatever the tool is called.
        return tools.own(pep)
                .flatMap(own -> tokenRule.audience(token, own))
                .<Step>map(Step.Decided::new)
                .orElseGet(() -> addressed(request, token, tools.ownedBy(pep, id, true)));
    }

    private Step addressed(EvaluationRequest request, TokenState.Active token, ToolTarget target) {
        return target instanceof ToolTarget.Registered tool ? withToken(request, token, tool) : untold(request, target);
    }

    private Step withToken(EvaluationRequest request, TokenState.Active token, ToolTarget.Registered target) {
        Optional<Set<String>> assumed = Credentials.assumed(request, pep);
        Optional<Outcome> refusal = tokenRule
                .audience(token, target.server())
                .or(() -> subject(request, token))
                .or(() -> assumed.map(scopes -> TokenRule.scopes(scopes, target.tool()))
                        .orElseGet(() -> tokenRule.scopes(token, target.tool())))
                .or(() -> tools.ambiguity(target));
        if (refusal.isPresent()) {
            return new Step.Decided(refusal.get());
        }
        EvaluationRequest named = named(PermissionPlan.plain(request), target)
                .withSubject(new Subject(
                        CoazMapping.isShapeOf(request)
                                ? token.holder().subjectType()
                                : request.subject().type(),
                        tokenRule.subjectOf(token).orElseThrow(),
                        request.subject().properties()));
        String server = target.server().clientId();
        List<Layer> passed = assumed.isPresent() ? List.of(Layer.TOKEN) : List.of(Layer.TOKEN, Layer.SCOPE);
        return new Step.NeedsPermission(PermissionPlan.ofSubject(named, passed)
                .withParties(named, CallParties.of(token), server, settings)
                .shadowedFor(server, settings));
    }

    private Optional<Outcome> subject(EvaluationRequest request, TokenState.Active token) {
        return CoazMapping.isShapeOf(request)
                ? tokenRule.subjectOrSub(token, request.subject().id())
                : tokenRule.subject(token, request.subject());
    }

    private Step withScopes(EvaluationRequest request, Credentials.Scopes scopes) {
        ToolTarget target = tools.ownedBy(pep, request.resource().id(), true);
        if (!(target instanceof ToolTarget.Registered tool)) {
            return untold(request, target);
        }
        return TokenRule.scopes(scopes.scopes(), tool.tool())
                .or(() -> tools.ambiguity(tool))
                .<Step>map(Step.Decided::new)
                .orElseGet(() ->
                        new Step.NeedsPermission(PermissionPlan.ofSubject(named(request, tool), List.of(Layer.SCOPE))
                                .shadowedFor(tool.server().clientId(), settings)));
    }

    /** Never in shadow mode: with neither token nor scopes the permission is all that holds. */
    private Step withoutToken(EvaluationRequest request) {
        ToolTarget target = target(request.resource().id());
        if (!(target instanceof ToolTarget.Registered tool)) {
            return untold(request, target);
        }
        return tools.ambiguity(tool)
                .<Step>map(Step.Decided::new)
                .orElseGet(() -> new Step.NeedsPermission(PermissionPlan.ofSubject(named(request, tool), List.of())));
    }

    /**
     * How permissions name a resource that is searched about.
     *
     * @param resource the resource as the caller names it
     * @return the resource as the engine knows it, or nothing where no question about it could be permitted
     * @throws DecisionUnavailableException if the tools are not loaded yet
     */
    Optional<Resource> nameInPermissions(Resource resource) {
        if (!resource.type().equals(settings.toolObject().type())) {
            return Optional.of(resource);
        }
        ToolTarget target = target(resource.id());
        if (target instanceof ToolTarget.Registered tool) {
            return Optional.of(named(resource, tool));
        }
        if (target instanceof ToolTarget.Decided decided && decided.outcome() instanceof Unavailable unavailable) {
            throw new DecisionUnavailableException(unavailable);
        }
        return target instanceof ToolTarget.EngineAlone ? Optional.of(resource) : Optional.empty();
    }

    private ToolTarget target(String id) {
        return pep.kind() == Pep.Kind.MCP_SERVER ? tools.ownedBy(pep, id, false) : tools.namedBy(id);
    }

    private static Step untold(EvaluationRequest request, ToolTarget target) {
        return target instanceof ToolTarget.Decided decided
                ? new Step.Decided(decided.outcome())
                : new Step.NeedsPermission(PermissionPlan.ofSubject(request, List.of()));
    }

    private EvaluationRequest named(EvaluationRequest request, ToolTarget.Registered target) {
        return request.withResource(named(request.resource(), target));
    }

    private Resource named(Resource resource, ToolTarget.Registered target) {
        String id = settings.toolObject()
                .id(target.server().clientId(), target.tool().key());
        return new Resource(resource.type(), id, resource.properties());
    }

    private static Step refused(ReasonCode reason) {
        return new Step.Decided(new Refused(reason, List.of(), Map.of()));
    }
}
