package io.mcpaccess.policy;

import io.gravitee.am.common.utils.ConstantKeys;
import io.gravitee.am.gateway.handler.common.authorizationengine.AuthorizationEngineManager;
import io.gravitee.am.gateway.handler.common.jwt.SubjectManager;
import io.gravitee.am.gateway.handler.common.protectedresource.ProtectedResourceManager;
import io.gravitee.am.model.Domain;
import io.gravitee.am.model.User;
import io.gravitee.am.model.oidc.Client;
import io.gravitee.gateway.api.ExecutionContext;
import io.gravitee.gateway.api.Request;
import io.mcpaccess.core.authzen.Action;
import io.mcpaccess.core.authzen.Subject;
import io.mcpaccess.core.decision.AccessSettings;
import io.mcpaccess.core.decision.ReasonCode;
import io.mcpaccess.core.mcp.McpServer;
import io.mcpaccess.policy.RequestedTools.Verdict;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import java.time.Clock;
import java.time.Duration;
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

    /** The grants behind which stands the consent page (RFC 6749, sections 4.1 and 6). */
    private static final Set<String> APPROVED_GRANTS = Set.of("authorization_code", "refresh_token");

    private final AmRequests requests;
    private final PolicySettings settings;
    private final Request request;
    private final ExecutionContext context;

    /**
     * A run.
     *
     * @param requests reads AM's request
     * @param settings the step's settings
     * @param request AM's {@code OAuth2Request}
     * @param context the flow's context
     */
    TokenStep(AmRequests requests, PolicySettings settings, Request request, ExecutionContext context) {
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
        return !requests.resources(request).isEmpty()
                && !requests.scopes(request).isEmpty();
    }

    /**
     * Finds out what becomes of the scopes.
     *
     * @return the finding, on any thread, within the step's timeout; fails on every doubt
     */
    Single<Finding> find() {
        return Single.defer(() -> ask(System.nanoTime()));
    }

    private Single<Finding> ask(long start) {
        requests.requireNarrowable(request);
        Domain domain = context.getComponent(Domain.class);
        DomainServers servers = new DomainServers(context.getComponent(ProtectedResourceManager.class), domain.getId());
        List<McpServer> addressed = servers.addressedBy(requests.resources(request));
        if (!addressed.stream().allMatch(McpServer::isLoaded) || !servers.areLoaded()) {
            throw new DoubtException(
                    "tools_not_loaded", "AM has not loaded the tools of an MCP server of this domain.");
        }
        Party party = party();
        RequestedTools requested = RequestedTools.of(addressed, requests.scopes(request));
        return stale(party, requested, servers, start)
                .flatMap(stale -> permissions(party, requested.minus(stale), servers)
                        .timeout(left(start), TimeUnit.NANOSECONDS)
                        .map(answers -> finding(addressed, stale, requested.minus(stale), answers))
                        // An engine that is down must not carry a tool past a consent that is still owed.
                        .onErrorResumeNext(problem ->
                                Single.error(DoubtException.of(problem).withStale(stale))));
    }

    /** What is left of the step's time; the engine gets a moment even where the approvals took nearly all of it. */
    private long left(long start) {
        long spent = System.nanoTime() - start;
        return Math.max(settings.timeout().toNanos() - spent, TimeUnit.MILLISECONDS.toNanos(10));
    }

    private Single<Set<String>> stale(Party party, RequestedTools requested, DomainServers servers, long start) {
        // Grants without a user, or without a page that the user could have answered, have nothing to approve.
        boolean approvedOnAPage = APPROVED_GRANTS.contains(requests.text(request, "getGrantType"));
        if (!settings.reconsent()
                || party.user() == null
                || !approvedOnAPage
                || requested.tools().isEmpty()) {
            return Single.just(Set.of());
        }
        ConsentStore store =
                new ConsentStore(context, party.user(), party.client().getClientId(), Clock.systemUTC());
        return store.read().timeout(left(start), TimeUnit.NANOSECONDS).flatMap(ledger -> {
            Reconsent reconsent =
                    Reconsent.of(requested, servers.tools(), ledger, new AutoApproval(party.client())::covers);
            return store.adopt(
                            reconsent.adopted(), Duration.ofNanos(left(start)).dividedBy(2))
                    .andThen(Completable.defer(
                            () -> store.withdraw(reconsent.stale(), ledger).timeout(left(start), TimeUnit.NANOSECONDS)))
                    .toSingleDefault(reconsent.stale())
                    // What is owed is known, whether or not AM's approval could be taken back.
                    .onErrorResumeNext(
                            problem -> Single.error(DoubtException.of(problem).withStale(reconsent.stale())));
        });
    }

    private Single<Optional<ToolAnswers>> permissions(Party party, RequestedTools requested, DomainServers servers) {
        if (requested.tools().isEmpty()) {
            return Single.just(Optional.empty());
        }
        return new ToolPermissions(context.getComponent(AuthorizationEngineManager.class))
                .ask(engine -> ToolQuestions.about(
                        requested.tools(),
                        subject(party, engine),
                        Action.of(settings.action()),
                        engine,
                        servers.sharedToolKeys()))
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

    /** Who would call the tools: the user, or the client where the grant has no user (RFC 6749, section 4.4). */
    private record Party(User user, Client client) {}

    private Party party() {
        Object user = context.getAttribute(ConstantKeys.USER_CONTEXT_KEY);
        boolean clientAlone = user == null && "client_credentials".equals(requests.text(request, "getGrantType"));
        if ((clientAlone || user instanceof User)
                && context.getAttribute(ConstantKeys.CLIENT_CONTEXT_KEY) instanceof Client client) {
            return new Party((User) user, client);
        }
        throw new DoubtException("subject_unknown", "AM names neither a user nor a client for this token.");
    }

    private Subject subject(Party party, AccessSettings engine) {
        String id = party.user() == null
                ? party.client().getClientId()
                : settings.subject()
                        .name(
                                party.user(),
                                engine.subject(),
                                user -> context.getComponent(SubjectManager.class)
                                        .generateSubFrom(user.getFullId()));
        return Subject.of(settings.subjectType(), id);
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
