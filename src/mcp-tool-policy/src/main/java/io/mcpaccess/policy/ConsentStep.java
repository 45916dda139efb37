package io.mcpaccess.policy;

import io.gravitee.am.common.utils.ConstantKeys;
import io.gravitee.am.gateway.handler.common.protectedresource.ProtectedResourceManager;
import io.gravitee.am.model.Domain;
import io.gravitee.am.model.User;
import io.gravitee.am.model.oidc.Client;
import io.gravitee.gateway.api.ExecutionContext;
import io.gravitee.gateway.api.Request;
import io.mcpaccess.policy.RequestedTools.RequestedTool;
import io.reactivex.rxjava3.core.Completable;
import java.time.Clock;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The steps of the flow CONSENT. Before the page: gives it the names of the tools that the requested scopes stand for; AM
 * hands attributes on as template variables. After the answer: remembers which tools each approved scope stood for.
 */
final class ConsentStep {

    /** Template variable: a list of maps with {@code server, tool, description, scopes, isNew}. */
    static final String TOOLS = "mcpTools";

    /** Template variable: the same by server, a list of maps with {@code server, tools}, in each the new tools first. */
    static final String SERVERS = "mcpServers";

    /** Template variable: the tools by scope, for a page where each scope is chosen by itself. */
    static final String TOOLS_BY_SCOPE = "mcpToolsByScope";

    /** Template variable: what the page shows, in short; the form sends it back. */
    static final String SHOWN = "mcpShown";

    /** The form's field for it. AM's own form has none; it names no tools either. */
    static final String SHOWN_FIELD = "mcp_shown";

    /** Template variable: the application's name, fit to be shown. */
    static final String APPLICATION = "mcpApplication";

    /** Template variable: the host, or the scheme of an app, that the browser is sent to afterwards. */
    static final String REDIRECT_HOST = "mcpRedirectHost";

    private final AmRequests requests;
    private final PolicySettings settings;
    private final ExecutionContext context;
    private final Object authorizationRequest;
    private final DomainServers servers;
    private final Clock clock;

    /**
     * A run.
     *
     * @param requests reads AM's request
     * @param settings the step's settings
     * @param context the flow's context, with AM's {@code AuthorizationRequest} as attribute
     * @param clock gives the times of rows
     */
    ConsentStep(AmRequests requests, PolicySettings settings, ExecutionContext context, Clock clock) {
        this.clock = clock;
        this.requests = requests;
        this.settings = settings;
        this.context = context;
        this.authorizationRequest = context.getAttribute(ConstantKeys.AUTHORIZATION_REQUEST_CONTEXT_KEY);
        this.servers = new DomainServers(
                context.getComponent(ProtectedResourceManager.class),
                context.getComponent(Domain.class).getId());
    }

    /**
     * Sets the template variables, and withdraws the approval of requested scopes that gained a tool.
     *
     * @return completes when the page can be shown; fails where the marks of new tools are missing, or everything is
     */
    Completable describe() {
        RequestedTools tools = RequestedTools.of(
                servers.addressedBy(requests.resources(authorizationRequest)), requests.scopes(authorizationRequest));
        show(new ConsentPage(tools, tools.scopes(), new HashSet<>(tools.tools())));
        Object client = context.getAttribute(ConstantKeys.CLIENT_CONTEXT_KEY);
        context.setAttribute(
                APPLICATION,
                ConsentPage.application(requests.text(client, "getClientName"), requests.text(client, "getClientId")));
        String host = ConsentPage.redirectHost(requests.text(authorizationRequest, "getRedirectUri"));
        if (host != null) {
            context.setAttribute(REDIRECT_HOST, host);
        }
        if (!settings.reconsent() || tools.tools().isEmpty()) {
            return Completable.complete();
        }
        ConsentStore store = store();
        return store.read().flatMapCompletable(ledger -> {
            Reconsent reconsent = Reconsent.of(tools, servers.tools(), ledger, autoApproval()::covers);
            show(new ConsentPage(tools, presented(tools.scopes(), ledger, reconsent), known(tools, ledger)));
            // AM lists the scopes that lack an approval, after this step: one that gained a tool belongs on this page.
            return store.adopt(reconsent.adopted(), settings.timeout().dividedBy(2))
                    .andThen(store.withdraw(reconsent.stale(), ledger));
        });
    }

    /** As AM chooses them (its class {@code UserConsentEndpoint}). */
    private Set<String> presented(Set<String> scopes, ConsentLedger ledger, Reconsent reconsent) {
        Set<String> presented = new LinkedHashSet<>(scopes);
        if (!requests.asksAnew(authorizationRequest)) {
            presented.removeIf(scope ->
                    ledger.approval(scope).isPresent() && !reconsent.stale().contains(scope));
        }
        return presented;
    }

    /**
     * Writes a row for each tool behind a scope that the user has just approved: what AM has saved, as far as the page has
     * shown it. The approval of a scope that was not on the page, or whose tools came or changed while it was open, is taken
     * back, so that AM asks about it again; what was approved of it before stays.
     *
     * @param answer the browser's request
     * @return completes when the rows stand in AM's store
     */
    Completable remember(Request answer) {
        if (!settings.reconsent() || !requests.isApproved(authorizationRequest)) {
            return Completable.complete();
        }
        // AM has narrowed its request to the scopes that it has saved as approved.
        RequestedTools approved = RequestedTools.of(
                servers.addressedBy(requests.resources(authorizationRequest)), requests.scopes(authorizationRequest));
        Set<String> shown = new LinkedHashSet<>(approved.scopes());
        shown.removeIf(wasShown(answer, approved).negate());
        Set<String> unseen = new LinkedHashSet<>(approved.scopes());
        unseen.removeAll(shown);
        if (unseen.isEmpty()
                && servers.addressedBy(requests.resources(authorizationRequest)).isEmpty()) {
            return Completable.complete();
        }
        ConsentStore store = store();
        return store.read().flatMapCompletable(ledger -> {
            unseen.removeIf(ledger::isMarked);
            return Completable.concatArrayDelayError(
                    store.withdraw(unseen, ledger),
                    store.write(Reconsent.approval(approved, shown, servers.tools(), ledger)));
        });
    }

    /** A form that does not say what it has shown, such as AM's own, has shown no more than was asked for. */
    private Predicate<String> wasShown(Request answer, RequestedTools approved) {
        String field = requests.parameter(answer, SHOWN_FIELD);
        if (field == null) {
            return new ScopeParameter(requests)
                    .of(answer, context)
                    .<Predicate<String>>map(requested -> requested::contains)
                    .orElse(scope -> true);
        }
        ShownScopes page = ShownScopes.read(field);
        return scope -> page.has(scope, approved.behind(scope));
    }

    private ConsentStore store() {
        if (context.getAttribute(ConstantKeys.USER_CONTEXT_KEY) instanceof User user) {
            Object client = context.getAttribute(ConstantKeys.CLIENT_CONTEXT_KEY);
            return new ConsentStore(context, user, requests.text(client, "getClientId"), clock);
        }
        throw new IllegalStateException("AM names no user on the consent page");
    }

    private AutoApproval autoApproval() {
        return context.getAttribute(ConstantKeys.CLIENT_CONTEXT_KEY) instanceof Client client
                ? new AutoApproval(client)
                : new AutoApproval(List.of());
    }

    /** A tool is new where the user has approved another tool of its server, and never this one. */
    private static Set<RequestedTool> known(RequestedTools tools, ConsentLedger ledger) {
        Set<RequestedTool> approved = new HashSet<>();
        Set<String> approvedServers = new HashSet<>();
        for (RequestedTool each : tools.tools()) {
            if (each.tool().scopes().stream().anyMatch(scope -> ledger.hasRow(Reconsent.row(each, scope)))) {
                approved.add(each);
                approvedServers.add(each.server().clientId());
            }
        }
        Set<RequestedTool> known = new HashSet<>(tools.tools());
        known.removeIf(each -> approvedServers.contains(each.server().clientId()) && !approved.contains(each));
        return known;
    }

    private void show(ConsentPage page) {
        context.setAttribute(TOOLS, page.flat());
        context.setAttribute(SERVERS, page.byServer());
        context.setAttribute(TOOLS_BY_SCOPE, page.byScope());
        context.setAttribute(SHOWN, page.shown());
    }
}
