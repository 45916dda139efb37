package io.mcpaccess.sandbox.gateway.oauth;

import io.gravitee.am.common.utils.ConstantKeys;
import io.gravitee.am.model.User;
import io.gravitee.am.model.oauth2.Scope;
import io.gravitee.am.model.oidc.Client;
import io.mcpaccess.sandbox.am.AmModels;
import io.mcpaccess.sandbox.data.ApplicationRow.ScopeChoice;
import io.mcpaccess.sandbox.data.ScopeRow;
import io.mcpaccess.sandbox.data.UserRow;
import io.mcpaccess.sandbox.gateway.SecurityDomain;
import io.mcpaccess.sandbox.gateway.flow.Flows;
import io.mcpaccess.sandbox.gateway.flow.Flows.ExtensionPoint;
import io.mcpaccess.sandbox.gateway.flow.PolicyFailure;
import io.mcpaccess.sandbox.gateway.page.Pages;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code GET and POST /oauth/consent}. The page shows the scopes that are not yet approved. Before the policies at CONSENT post run, the
 * request is narrowed to what was approved on the page; what is granted is narrowed where the domain asks for each scope (AM 4.13).
 */
final class ConsentEndpoint {
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
                        show(context, request, approvals.presented(user.getFullId(), request));
                        pages.show(
                                context, Pages.CONSENT, domain.base() + "/oauth/consent?" + Http.requestQuery(context));
                    })
                    .onFailure(cause -> failed(context, cause));
        });
    }

    private void show(RoutingContext context, AuthorizationRequest request, Set<String> presented) {
        List<Scope> scopes = presented.stream().map(this::scope).toList();
        if (!domain.row().consent().perScope()) {
            context.put(ConstantKeys.SCOPES_CONTEXT_KEY, scopes);
            return;
        }
        ScopeChoice choice = request.application().choice();
        Map<Boolean, List<Scope>> parts = scopes.stream()
                .collect(Collectors.partitioningBy(scope -> choice.required().contains(scope.getKey())));
        context.put(
                ConstantKeys.SCOPES_CONTEXT_KEY,
                Stream.concat(parts.get(true).stream(), parts.get(false).stream())
                        .toList());
        context.put("requiredScopes", parts.get(true));
        context.put("optionalScopes", parts.get(false));
        context.put("preselectAllScopes", !choice.optIn());
    }

    void submit(RoutingContext context) {
        prepared(context, (request, user) -> {
            String query = Http.requestQuery(context);
            try {
                ConsentAnswer answer = answer(context, request, user);
                request.setConsents(
                        approvals.save(UUID.randomUUID().toString(), user.getFullId(), request.application(), answer));
                request.setScopes(answer.approved());
                request.setApproved(answer.isApproved());
            } catch (AuthorizationFailure e) {
                backToLogin(context, e.error(), e.getMessage());
                return;
            } catch (RuntimeException e) {
                backToLogin(context, "internal_server_error", "Unexpected error");
                return;
            }
            new BrowserSession(context).decide(request.isApproved());
            Client client = context.get(ConstantKeys.CLIENT_CONTEXT_KEY);
            run(ExtensionPoint.POST_CONSENT, client, context)
                    .onSuccess(done -> Http.redirect(context, domain.base() + "/oauth/authorize?" + query))
                    .onFailure(cause -> failed(context, cause));
        });
    }

    private ConsentAnswer answer(RoutingContext context, AuthorizationRequest request, User user) {
        MultiMap form = context.request().formAttributes();
        return domain.row().consent().perScope()
                ? ConsentAnswer.perScope(
                        form,
                        approvals.presented(user.getFullId(), request),
                        Set.copyOf(request.application().choice().required()))
                : ConsentAnswer.together(form);
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
            backToLogin(context, String.valueOf(failure.key()), String.valueOf(failure.getMessage()));
        } else {
            Http.fail(context, cause);
        }
    }

    /** AM's UserConsentFailureHandler: the user is signed out and may begin again. */
    private void backToLogin(RoutingContext context, String code, String description) {
        new BrowserSession(context).signOut();
        Http.redirect(
                context,
                domain.base() + "/login?" + Http.requestQuery(context)
                        + "&error=user_consent_failed&error_code="
                        + AuthorizationFailure.encode(code)
                        + "&error_description="
                        + AuthorizationFailure.encode(description));
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
