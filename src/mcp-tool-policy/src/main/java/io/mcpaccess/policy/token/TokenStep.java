package io.mcpaccess.policy.token;

import io.gravitee.am.gateway.handler.common.authorizationengine.AuthorizationEngineManager;
import io.gravitee.am.gateway.handler.common.jwt.SubjectManager;
import io.mcpaccess.core.authzen.Action;
import io.mcpaccess.core.decision.ReasonCode;
import io.mcpaccess.core.mcp.McpServer;
import io.mcpaccess.policy.am.DomainServers;
import io.mcpaccess.policy.am.DoubtException;
import io.mcpaccess.policy.am.RequestedTools;
import io.mcpaccess.policy.am.RequestedTools.Verdict;
import io.mcpaccess.policy.am.StepRun;
import io.mcpaccess.policy.am.StepTime;
import io.reactivex.rxjava3.core.Single;
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

    private final StepRun run;

    /**
     * A run.
     *
     * @param run the request
     */
    TokenStep(StepRun run) {
        this.run = run;
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
        return !run.requests().resources(run.request()).isEmpty();
    }

    /**
     * Finds out what becomes of the scopes.
     *
     * @return the finding, on any thread; fails on every doubt, and where the time is over
     */
    Single<Finding> find() {
        return Single.defer(() -> ask(StepTime.from(run.settings().timeout())));
    }

    private Single<Finding> ask(StepTime time) {
        run.requests().requireNarrowable(run.request());
        DomainServers servers = run.servers();
        List<McpServer> addressed = servers.addressedBy(run.requests().resources(run.request()));
        if (!addressed.stream().allMatch(McpServer::isLoaded) || !servers.areLoaded()) {
            throw new DoubtException(
                    "tools_not_loaded", "AM has not loaded the tools of an MCP server of this domain.");
        }
        RequestedTools requested = RequestedTools.of(addressed, run.requests().scopes(run.request()));
        OwedConsent owed = new OwedConsent(run, time);
        return new TokenParties(run)
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
                                servers.domainId(), run.bean(AuthorizationEngineManager.class), time)
                        .ask(engine -> ToolQuestions.about(
                                requested.tools(),
                                party.subject(
                                        run.settings(),
                                        engine,
                                        user -> run.bean(SubjectManager.class).generateSubFrom(user.getFullId())),
                                party,
                                Action.of(run.settings().action()),
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
        Set<String> left = new LinkedHashSet<>(run.requests().scopes(run.request()));
        left.removeAll(scopes);
        narrow(left);
    }

    /**
     * Takes scopes out of the token that AM is about to make.
     *
     * @param granted what is left
     */
    void narrow(Set<String> granted) {
        run.requests().narrow(run.request(), granted);
    }
}
