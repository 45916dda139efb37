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
import io.reactivex.rxjava3.core.Single;
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
     * @param answers what the engine said about each tool, nothing where it was not asked
     * @param verdict what becomes of the scopes
     */
    record Finding(List<McpServer> servers, Optional<ToolAnswers> answers, Verdict verdict) {}

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
        return Single.defer(this::ask).timeout(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    private Single<Finding> ask() {
        requests.requireNarrowable(request);
        Domain domain = context.getComponent(Domain.class);
        DomainServers servers = new DomainServers(context.getComponent(ProtectedResourceManager.class), domain.getId());
        List<McpServer> addressed = servers.addressedBy(requests.resources(request));
        if (!addressed.stream().allMatch(McpServer::isLoaded)) {
            throw new DoubtException(
                    "tools_not_loaded", "AM has not loaded the tools of an MCP server that a token is asked for.");
        }
        RequestedTools requested = RequestedTools.of(addressed, requests.scopes(request));
        if (requested.tools().isEmpty()) {
            return Single.just(new Finding(addressed, Optional.empty(), requested.weigh(tool -> false)));
        }
        Party party = party();
        return new ToolPermissions(context.getComponent(AuthorizationEngineManager.class))
                .ask(engine -> ToolQuestions.about(
                        requested.tools(),
                        subject(party, engine),
                        Action.of(settings.action()),
                        engine,
                        each -> servers.isShared(each.server(), each.tool().key())))
                .map(answers -> finding(addressed, requested, answers));
    }

    private static Finding finding(List<McpServer> servers, RequestedTools requested, ToolAnswers answers) {
        if (!answers.isComplete()) {
            throw new DoubtException(
                    ReasonCode.ENGINE_UNAVAILABLE.wireName(), "The authorization engine did not answer.");
        }
        return new Finding(servers, Optional.of(answers), requested.weigh(answers::isHeld));
    }

    /** Who would call the tools: the user, or the client where the grant has no user (RFC 6749, section 4.4). */
    private record Party(User user, String clientId) {}

    private Party party() {
        Object user = context.getAttribute(ConstantKeys.USER_CONTEXT_KEY);
        if (user instanceof User known) {
            return new Party(known, null);
        }
        Object client = context.getAttribute(ConstantKeys.CLIENT_CONTEXT_KEY);
        if (user == null
                && "client_credentials".equals(requests.text(request, "getGrantType"))
                && client instanceof Client known) {
            return new Party(null, known.getClientId());
        }
        throw new DoubtException("subject_unknown", "AM names neither a user nor a client for this token.");
    }

    private Subject subject(Party party, AccessSettings engine) {
        String id = party.user() == null
                ? party.clientId()
                : settings.subject()
                        .name(
                                party.user(),
                                engine.subject(),
                                user -> context.getComponent(SubjectManager.class)
                                        .generateSubFrom(user.getFullId()));
        return Subject.of(settings.subjectType(), id);
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
