package io.mcpaccess.sandbox.gateway.oauth;

import io.mcpaccess.sandbox.am.AmModels;
import io.mcpaccess.sandbox.data.ProviderRow;
import io.mcpaccess.sandbox.data.Secrets;
import io.mcpaccess.sandbox.data.UserRow;
import io.mcpaccess.sandbox.gateway.SecurityDomain;
import io.mcpaccess.sandbox.gateway.page.Pages;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;

/** {@code GET and POST /login}: identity providers are asked in their order; passwords are compared on a worker thread. */
final class LoginEndpoint {
    private final SecurityDomain domain;
    private final AuthorizationRequests requests;
    private final Pages pages;
    private final Vertx vertx;

    LoginEndpoint(SecurityDomain domain, AuthorizationRequests requests, Pages pages, Vertx vertx) {
        this.domain = domain;
        this.requests = requests;
        this.pages = pages;
        this.vertx = vertx;
    }

    void page(RoutingContext context) {
        try {
            AuthorizationRequest request = requests.read(context);
            context.put("client", AmModels.client(request.application()));
            pages.show(
                    context,
                    Pages.LOGIN,
                    domain.base() + "/login?" + context.request().query());
        } catch (AuthorizationFailure e) {
            Http.redirect(context, e.location(domain.base()));
        }
    }

    void submit(RoutingContext context) {
        String username = Http.first(Http.form(context), "username");
        String password = Http.first(Http.form(context), "password");
        vertx.executeBlocking(() -> authenticate(username, password), false)
                .onSuccess(user -> answer(context, user))
                .onFailure(cause -> Http.fail(context, cause));
    }

    /** AM's answer to a form without a valid CSRF token. */
    void expired(RoutingContext context) {
        Http.redirect(context, domain.base() + "/login?" + Http.requestQuery(context) + "&error=session_expired");
    }

    private void answer(RoutingContext context, Optional<UserRow> user) {
        String query = Http.requestQuery(context);
        if (user.isEmpty()) {
            Http.redirect(context, domain.base() + "/login?" + query + "&error=login_failed&error_code=invalid_user");
            return;
        }
        new BrowserSession(context).signIn(user.get(), query);
        Http.redirect(context, domain.base() + "/oauth/authorize?" + query);
    }

    private Optional<UserRow> authenticate(String username, String password) {
        for (ProviderRow provider : domain.row().identityProviders()) {
            List<UserRow> found = domain.tables()
                    .users()
                    .where(user -> user.domain().equals(domain.id())
                            && user.source().equals(provider.id())
                            && user.username().equals(username))
                    .toList();
            for (UserRow user : found) {
                if (user.enabled() && Secrets.matches(password, user.passwordHash())) {
                    return Optional.of(user);
                }
            }
        }
        return Optional.empty();
    }
}
