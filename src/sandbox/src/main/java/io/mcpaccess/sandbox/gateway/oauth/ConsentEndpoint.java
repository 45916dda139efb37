package io.mcpaccess.sandbox.gateway.oauth;

import io.gravitee.am.common.utils.ConstantKeys;
import io.gravitee.am.model.User;
import io.gravitee.am.model.oauth2.Scope;
import io.gravitee.am.model.oidc.Client;
import io.mcpaccess.sandbox.am.AmModels;
import io.mcpaccess.sandbox.data.ScopeRow;
import io.mcpaccess.sandbox.data.UserRow;
import io.mcpaccess.sandbox.gateway.SecurityDomain;
import io.mcpaccess.sandbox.gateway.flow.Flows;
import io.mcpaccess.sandbox.gateway.flow.Flows.ExtensionPoint;
import io.mcpaccess.sandbox.gateway.flow.PolicyFailure;
import io.mcpaccess.sandbox.gateway.page.Pages;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * {@code GET and POST /oauth/consent}. The page shows the scopes that are not yet approved; the decision is all or nothing, about scopes
 * of this request only, and does not narrow what is granted (AM 4.10 to 4.12).
 */
final class ConsentEndpoint {
    private static final String FIELD_PREFIX = "scope.";

    private final SecurityDomain domain;
    private final AuthorizationRequests requests;
    private final Approvals approvals;
    private final Flows flows;
    private final Pages pages;

    ConsentEndpoint(
            SecurityDomain domain, AuthorizationRequests requests, Approvals approvals, Flows flows, Pages pages) {
        this.domain = domain;
        this.requests = requests;
        this.approvals = approvals;
        this.flows = flows;
        this.pages = pages;
    }

    void page(RoutingContext context) {
        prepared(context, (request, user) -> {
            pages.prepare(context);
            Client client = context.get(ConstantKeys.CLIENT_CONTEXT_KEY);
            run(ExtensionPoint.PRE_CONSENT, client, context)
                    .onSuccess(done -> {
                        Set<String> missing =
                                approvals.missing(user.getFullId(), request.application(), request.getScopes());
                        Set<String> shown = missing.isEmpty() ? request.getScopes() : missing;
                        context.put(
                                ConstantKeys.SCOPES_CONTEXT_KEY,
                                shown.stream().map(this::scope).toList());
                        pages.show(
                                context, Pages.CONSENT, domain.base() + "/oauth/consent?" + Http.requestQuery(context));
                    })
                    .onFailure(cause -> failed(context, cause));
        });
    }

    void submit(RoutingContext context) {
        prepared(context, (request, user) -> {
            Map<String, List<String>> form = Http.form(context);
            boolean approved = "true".equals(Http.first(form, "user_oauth_approval"));
            Set<String> decided = new LinkedHashSet<>(request.getScopes());
            decided.removeIf(scope -> !form.containsKey(FIELD_PREFIX + scope));
            approvals.save(UUID.randomUUID().toString(), user.getFullId(), request.application(), decided, approved);
            request.setApproved(approved);
            Client client = context.get(ConstantKeys.CLIENT_CONTEXT_KEY);
            String query = Http.requestQuery(context);
            run(ExtensionPoint.POST_CONSENT, client, context)
                    .onSuccess(done -> {
                        new BrowserSession(context).decide(query, approved);
                        Http.redirect(context, domain.base() + "/oauth/authorize?" + query);
                    })
                    .onFailure(cause -> failed(context, cause));
        });
    }

    /** AM's answer to a form without a valid CSRF token. */
    void expired(RoutingContext context) {
        Http.redirect(
                context, domain.base() + "/oauth/consent?" + Http.requestQuery(context) + "&error=session_expired");
    }

    private void prepared(RoutingContext context, Step step) {
        try {
            AuthorizationRequest request = requests.read(context);
            requests.requireValid(request);
            Optional<UserRow> row = new BrowserSession(context).user(domain.tables());
            if (row.isEmpty()) {
                Http.redirect(
                        context, domain.base() + "/login?" + context.request().query());
                return;
            }
            User user = AmModels.user(row.get());
            context.put(ConstantKeys.CLIENT_CONTEXT_KEY, AmModels.client(request.application()));
            context.put(ConstantKeys.USER_CONTEXT_KEY, user);
            context.put("domain", AmModels.domain(domain.row()));
            context.put(ConstantKeys.AUTHORIZATION_REQUEST_CONTEXT_KEY, request);
            context.put("tid", UUID.randomUUID().toString());
            step.with(request, user);
        } catch (AuthorizationFailure e) {
            Http.redirect(context, e.location(domain.base()));
        }
    }

    /** AM skips the chain on a page that shows an error. */
    private Future<?> run(ExtensionPoint point, Client client, RoutingContext context) {
        return context.queryParams().contains("error") ? Future.succeededFuture() : flows.run(point, client, context);
    }

    private void failed(RoutingContext context, Throwable cause) {
        if (cause instanceof PolicyFailure failure) {
            new BrowserSession(context).signOut();
            Http.redirect(
                    context,
                    domain.base() + "/login?" + Http.requestQuery(context)
                            + "&error=user_consent_failed&error_code="
                            + AuthorizationFailure.encode(String.valueOf(failure.key()))
                            + "&error_description="
                            + AuthorizationFailure.encode(String.valueOf(failure.getMessage())));
        } else {
            Http.fail(context, cause);
        }
    }

    /** The scope's definition, or its bare key where the domain defines none. */
    private Scope scope(String key) {
        return domain.tables()
                .scopes()
                .where(row -> row.domain().equals(domain.id()) && sameKey(row, key))
                .findFirst()
                .map(AmModels::scope)
                .orElseGet(() -> new Scope(key));
    }

    private static boolean sameKey(ScopeRow row, String key) {
        return row.key().toLowerCase(Locale.ROOT).equals(key.toLowerCase(Locale.ROOT));
    }

    @FunctionalInterface
    private interface Step {
        void with(AuthorizationRequest request, User user);
    }
}
