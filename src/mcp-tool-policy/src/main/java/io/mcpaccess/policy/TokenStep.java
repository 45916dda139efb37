package io.mcpaccess.policy;

import io.gravitee.am.gateway.handler.common.authorizationengine.AuthorizationEngineManager;
import io.gravitee.am.gateway.handler.common.jwt.SubjectManager;
import io.gravitee.am.gateway.handler.common.protectedresource.ProtectedResourceManager;
import io.gravitee.am.model.Domain;
import io.gravitee.gateway.api.ExecutionContext;
import io.gravitee.gateway.api.Request;
import io.mcpaccess.core.authzen.Action;
import io.mcpaccess.core.decision.ReasonCode;
import io.mcpaccess.core.mcp.McpServer;
import io.mcpaccess.policy.RequestedTools.Verdict;
import io.reactivex.rxjava3.core.Single;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The step of the flow TOKEN, before AM makes the token: which of the tools behind the requested scopes may the user
 * call? One run, one instance.
 */
final class TokenStep {

    private final AmRequests requests;
    private final PolicySettings settings;
    private final Request request;
    private final ExecutionContext context;
    private final Clock clock;

    /**
     * A run.
     *
     * @param requests reads AM's request
     * @param settings the step's settings
     * @param request AM's {@code OAuth2Request}
     * @param context the flow's context
     * @param clock gives the times of rows
     */
    TokenStep(AmRequests requests, PolicySettings settings, Request request, ExecutionContext context, Clock clock) {
        this.clock = clock;
        this.requests = requests;
        this.settings = settings;
        this.request = request;
        this.context = context;
    }

    /**
     * What was found out.
     *
     * @param servers the addressed MCP servers
     * @param stale requested scopes that the user must approve again; they are left out in every mode
     * @param requested the other requested scopes
     * @param answers what the engine said about each tool behind them, nothing where it was not asked
     * @param verdict what becomes of them
     */
    record Finding(
            List<McpServer> servers,
            Set<String> stale,
            Set<String> requested,
            Optional<ToolAnswers> answers,
            Verdict verdict) {}

    /**
     * Whether the request is about MCP servers at all.
     *
     * @return {@code false} where there is nothing to decide
     * @throws RuntimeException if AM's request cannot be read
     */
    boolean concernsTools() {
        return !requests.resources(request).isEmpty();
    }

    /**
     * Finds out what becomes of the scopes.
     *
     * @return the finding, on any thread; fails on every doubt, and where the time is over
     */
    Single<Finding> find() {
        return Single.defer(() -> ask(StepTime.from(settings.timeout())));
    }

    private Single<Finding> ask(StepTime time) {
        requests.requireNarrowable(request);
        Domain domain = context.getComponent(Domain.class);
        DomainServers servers = new DomainServers(context.getComponent(ProtectedResourceManager.class), domain.getId());
        List<McpServer> addressed = servers.addressedBy(requests.resources(request));
        if (!addressed.stream().allMatch(McpServer::isLoaded) || !servers.areLoaded()) {
            throw new DoubtException(
                    "tools_not_loaded", "AM has not loaded the tools of an MCP server of this domain.");
        }
        RequestedTools requested = RequestedTools.of(addressed, requests.scopes(request));
        OwedConsent owed = new OwedConsent(requests, settings, request, context, time, clock);
        return new TokenParties(requests, request, context)
                .find()
                .timeout(time.leftNanos(), TimeUnit.NANOSECONDS)
                .flatMap(party -> owed.of(party, requested, servers).flatMap(stale -> {
                    RequestedTools left = requested.minus(stale).withToolsOfNoScope(addressed);
                    return permissions(party, left, servers, time)
                            .map(answers -> finding(addressed, stale, left, answers))
                            // An engine that is down must not carry a tool past a consent that is still owed.
                            .onErrorResumeNext(problem ->
                                    Single.error(DoubtException.of(problem).withStale(stale)));
                }));
    }

    private Single<Optional<ToolAnswers>> permissions(
            TokenParty party, RequestedTools requested, DomainServers servers, StepTime time) {
        if (requested.tools().isEmpty()) {
            return Single.just(Optional.empty());
        }
        return Single.defer(() -> new ToolPermissions(
                                servers.domainId(), context.getComponent(AuthorizationEngineManager.class), time)
                        .ask(engine -> ToolQuestions.about(
                                requested.tools(),
                                party.subject(
                                        settings,
                                        engine,
                                        user -> context.getComponent(SubjectManager.class)
                                                .generateSubFrom(user.getFullId())),
                                party,
                                Action.of(settings.action()),
                                engine,
                                servers.sharedToolKeys())))
                .map(Optional::of);
    }

    private static Finding finding(
            List<McpServer> servers, Set<String> stale, RequestedTools requested, Optional<ToolAnswers> answers) {
        if (answers.isPresent() && !answers.get().isComplete()) {
            throw new DoubtException(
                    ReasonCode.ENGINE_UNAVAILABLE.wireName(), "The authorization engine did not answer.");
        }
        Verdict verdict =
                requested.weigh(tool -> answers.map(each -> each.isHeld(tool)).orElse(false));
        return new Finding(servers, stale, requested.scopes(), answers, verdict);
    }

    /**
     * Takes scopes out of the token that AM is about to make, and leaves the others.
     *
     * @param scopes the scopes to leave out
     */
    void leaveOut(Set<String> scopes) {
        Set<String> left = new LinkedHashSet<>(requests.scopes(request));
        left.removeAll(scopes);
        narrow(left);
    }

    /**
     * Takes scopes out of the token that AM is about to make.
     *
     * @param granted what is left
     */
    void narrow(Set<String> granted) {
        requests.narrow(request, granted);
    }
}
