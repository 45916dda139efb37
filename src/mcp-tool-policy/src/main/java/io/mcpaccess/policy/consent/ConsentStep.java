package io.mcpaccess.policy.consent;

import io.gravitee.am.common.utils.ConstantKeys;
import io.gravitee.gateway.api.ExecutionContext;
import io.mcpaccess.core.mcp.McpServer;
import io.mcpaccess.policy.am.DomainServers;
import io.mcpaccess.policy.am.RequestedTools;
import io.mcpaccess.policy.am.RequestedTools.RequestedTool;
import io.mcpaccess.policy.am.StepRun;
import io.reactivex.rxjava3.core.Completable;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The steps of the flow CONSENT. Before the page: gives it the names of the tools that the requested scopes stand for; AM
 * hands attributes on as template variables. After the answer: remembers which tools each approved scope stood for.
 */
public final class ConsentStep {

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

    private final StepRun run;
    private final Object authorizationRequest;
    private final DomainServers servers;

    /**
     * A run.
     *
     * @param run the request, with AM's {@code AuthorizationRequest} as attribute
     */
    public ConsentStep(StepRun run) {
        this.run = run;
        this.authorizationRequest = run.context().getAttribute(ConstantKeys.AUTHORIZATION_REQUEST_CONTEXT_KEY);
        this.servers = run.servers();
    }

    /**
     * Sets the template variables, and withdraws the approval of requested scopes that gained a tool.
     *
     * @return completes when the page can be shown; fails where the marks of new tools are missing, or everything is
     */
    public Completable describe() {
        RequestedTools tools = requested();
        show(new ConsentPage(tools, tools.scopes(), new HashSet<>(tools.tools())));
        run.client()
                .map(client -> ConsentPage.application(client.getClientName(), client.getClientId()))
                .ifPresent(name -> run.context().setAttribute(APPLICATION, name));
        String host = ConsentPage.redirectHost(run.requests().text(authorizationRequest, "getRedirectUri"));
        if (host != null) {
            run.context().setAttribute(REDIRECT_HOST, host);
        }
        if (!run.settings().reconsent() || tools.tools().isEmpty()) {
            return Completable.complete();
        }
        ConsentStore store = ConsentStore.of(run);
        return store.read().flatMapCompletable(ledger -> {
            Reconsent reconsent = Reconsent.of(tools, servers.tools(), ledger, AutoApproval.of(run)::covers);
            show(new ConsentPage(tools, presented(tools.scopes(), ledger, reconsent), known(tools, ledger)));
            // AM lists the scopes that lack an approval, after this step: one that gained a tool belongs on this page.
            return store.adopt(reconsent.adopted(), run.settings().timeout().dividedBy(2))
                    .andThen(store.withdraw(reconsent.stale(), ledger));
        });
    }

    /** As AM chooses them (its class {@code UserConsentEndpoint}). */
    private Set<String> presented(Set<String> scopes, ConsentLedger ledger, Reconsent reconsent) {
        Set<String> presented = new LinkedHashSet<>(scopes);
        if (!run.requests().asksAnew(authorizationRequest)) {
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
     * @return completes when the rows stand in AM's store
     */
    public Completable remember() {
        if (!run.settings().reconsent() || !run.requests().isApproved(authorizationRequest)) {
            return Completable.complete();
        }
        // AM has narrowed its request to the scopes that it has saved as approved.
        RequestedTools approved = requested();
        Set<String> shown = new LinkedHashSet<>(approved.scopes());
        shown.removeIf(wasShown(approved).negate());
        Set<String> unseen = new LinkedHashSet<>(approved.scopes());
        unseen.removeAll(shown);
        if (unseen.isEmpty() && addressed().isEmpty()) {
            return Completable.complete();
        }
        ConsentStore store = ConsentStore.of(run);
        return store.read().flatMapCompletable(ledger -> {
            unseen.removeIf(ledger::isMarked);
            return Completable.concatArrayDelayError(
                    store.withdraw(unseen, ledger),
                    store.write(Reconsent.approval(approved, shown, servers.tools(), ledger)));
        });
    }

    /** A form that does not say what it has shown, such as AM's own, has shown no more than was asked for. */
    private Predicate<String> wasShown(RequestedTools approved) {
        String field = run.requests().parameter(run.request(), SHOWN_FIELD);
        if (field == null) {
            return ScopeParameter.of(run)
                    .<Predicate<String>>map(requested -> requested::contains)
                    .orElse(scope -> true);
        }
        ShownScopes page = ShownScopes.read(field);
        return scope -> page.has(scope, approved.behind(scope));
    }

    private RequestedTools requested() {
        return RequestedTools.of(addressed(), run.requests().scopes(authorizationRequest));
    }

    private List<McpServer> addressed() {
        return servers.addressedBy(run.requests().resources(authorizationRequest));
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
        ExecutionContext context = run.context();
        context.setAttribute(TOOLS, page.flat());
        context.setAttribute(SERVERS, page.byServer());
        context.setAttribute(TOOLS_BY_SCOPE, page.byScope());
        context.setAttribute(SHOWN, page.shown());
    }
}
