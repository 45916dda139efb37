package io.mcpaccess.sandbox.gateway.oauth;

import io.gravitee.am.model.UserId;
import io.mcpaccess.sandbox.am.AmModels;
import io.mcpaccess.sandbox.data.CodeRow;
import io.mcpaccess.sandbox.data.UserRow;
import io.mcpaccess.sandbox.gateway.SecurityDomain;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * {@code GET /oauth/authorize}: sends the browser to login, to consent, or back to the client with a code. The whole query travels
 * along, and the request is read from it anew each time.
 */
final class AuthorizeEndpoint implements Handler<RoutingContext> {
    private final SecurityDomain domain;
    private final AuthorizationRequests requests;
    private final Approvals approvals;

    AuthorizeEndpoint(SecurityDomain domain, AuthorizationRequests requests, Approvals approvals) {
        this.domain = domain;
        this.requests = requests;
        this.approvals = approvals;
    }

    @Override
    public void handle(RoutingContext context) {
        try {
            AuthorizationRequest request = requests.read(context);
            Http.redirect(context, next(context, request));
        } catch (AuthorizationFailure e) {
            Http.redirect(context, e.location(domain.base()));
        }
    }

    private String next(RoutingContext context, AuthorizationRequest request) {
        BrowserSession session = new BrowserSession(context);
        Optional<UserRow> user = session.user(domain.tables());
        String query = context.request().query();
        boolean fresh = session.takeFreshLogin(query);
        if (user.isEmpty() || (request.prompts("login") && !fresh && !session.isDeciding())) {
            if (request.prompts("none")) {
                throw failure(request, "login_required", "Login required");
            }
            return domain.base() + "/login?" + query;
        }
        requests.requireValid(request);
        Optional<Boolean> decision = session.takeDecision();
        if (isSettled(request, AmModels.user(user.get()).getFullId(), decision)) {
            return callback(request, code(request, user.get()));
        }
        if (request.prompts("none") && !request.prompts("consent")) {
            throw failure(request, "interaction_required", "Interaction required");
        }
        return domain.base() + "/oauth/consent?" + query;
    }

    /** AM's AuthorizationRequestEndUserConsentHandler: {@code false} sends the browser to the consent page. */
    private boolean isSettled(AuthorizationRequest request, UserId user, Optional<Boolean> decision) {
        Set<String> scopes = request.getScopes();
        if (scopes.isEmpty()) {
            return true;
        }
        if (decision.isPresent() && !decision.get()) {
            throw failure(request, "access_denied", "User denied access");
        }
        if (decision.isPresent()) {
            if (domain.row().consent().perScope()) {
                Set<String> granted = new LinkedHashSet<>(scopes);
                granted.retainAll(approvals.approved(user, request.application()));
                request.setScopes(granted);
            }
            return true;
        }
        return !request.prompts("consent")
                && (Approvals.areAutomatic(request.application(), scopes)
                        || approvals.approved(user, request.application()).containsAll(scopes));
    }

    private String code(AuthorizationRequest request, UserRow user) {
        String code = UUID.randomUUID().toString();
        domain.tables()
                .codes()
                .save(new CodeRow(
                        code,
                        domain.id(),
                        request.getClientId(),
                        user.id(),
                        request.redirectUriGiven() ? request.getRedirectUri() : null,
                        request.getScopes(),
                        request.getResources(),
                        request.codeChallenge(),
                        request.codeChallengeMethod(),
                        request.nonce(),
                        domain.clock().millis() + 1000 * domain.lifetimes().code()));
        return code;
    }

    private static String callback(AuthorizationRequest request, String code) {
        String target = request.getRedirectUri();
        String location = target + (target.indexOf('?') < 0 ? '?' : '&') + "code=" + code;
        return request.getState() == null
                ? location
                : location + "&state=" + AuthorizationFailure.encode(request.getState());
    }

    private static AuthorizationFailure failure(AuthorizationRequest request, String error, String description) {
        return new AuthorizationFailure(error, description, request.getRedirectUri(), request.getState());
    }
}
