package io.mcpaccess.sandbox.gateway.oauth;

import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import io.mcpaccess.sandbox.am.AmModels;
import io.mcpaccess.sandbox.data.ApplicationRow;
import io.mcpaccess.sandbox.gateway.SecurityDomain;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads authorization requests: first what makes the redirect URI trustworthy, then the rest. The sandbox takes PKCE with S256 only and
 * demands it of public clients, which AM leaves to the application's settings.
 */
final class AuthorizationRequests {
    private final SecurityDomain domain;
    private final ScopeRules scopes;
    private final ClientDocuments documents;

    AuthorizationRequests(SecurityDomain domain, ScopeRules scopes, ClientDocuments documents) {
        this.domain = domain;
        this.scopes = scopes;
        this.documents = documents;
    }

    /** Fetches the client's metadata document where it has one; goes on to the next handler, or to the error page. */
    void prepare(RoutingContext context) {
        documents
                .prepare(Http.first(Http.query(context), "client_id"))
                .onSuccess(ready -> context.next())
                .onFailure(cause -> {
                    if (cause instanceof OAuthFailure failure) {
                        AuthorizationFailure shown =
                                AuthorizationFailure.forUser(failure.error(), failure.getMessage());
                        Http.redirect(context, shown.location(domain.base()));
                    } else {
                        Http.fail(context, cause);
                    }
                });
    }

    /**
     * Reads the query.
     *
     * @throws AuthorizationFailure where it cannot be answered with a code
     */
    AuthorizationRequest read(RoutingContext context) {
        Map<String, List<String>> query = Http.query(context);
        ApplicationRow application = application(Http.first(query, "client_id"));
        String given = Http.first(query, "redirect_uri");
        String redirectUri = redirectUri(application, given);
        String state = Http.first(query, "state");
        try {
            return parsed(query, application, redirectUri, given != null, state);
        } catch (ParseException e) {
            ErrorObject error = e.getErrorObject();
            throw new AuthorizationFailure(
                    error == null ? "invalid_request" : error.getCode(), e.getMessage(), redirectUri, state);
        }
    }

    /**
     * Validates scopes and resources, which AM does once the user is known: scopes first.
     *
     * @throws AuthorizationFailure invalid_scope or invalid_target, for the redirect URI
     */
    void requireValid(AuthorizationRequest request) {
        try {
            Set<String> valid = scopes.requireScopes(
                    AmModels.client(request.application()), request.getScopes(), request.getResources());
            request.setScopes(valid);
            scopes.requireKnownResources(request.getResources());
        } catch (OAuthFailure e) {
            throw new AuthorizationFailure(e.error(), e.getMessage(), request.getRedirectUri(), request.getState());
        }
    }

    private AuthorizationRequest parsed(
            Map<String, List<String>> query,
            ApplicationRow application,
            String redirectUri,
            boolean redirectUriGiven,
            String state)
            throws ParseException {
        var parsed = com.nimbusds.oauth2.sdk.AuthorizationRequest.parse(query);
        if (!"code".equals(parsed.getResponseType().toString())) {
            throw new AuthorizationFailure(
                    "unsupported_response_type", "Unsupported response type", redirectUri, state);
        }
        if (!application.grantTypes().contains("authorization_code")) {
            throw new AuthorizationFailure(
                    "unauthorized_client", "Client should have authorization_code grant type", redirectUri, state);
        }
        String challenge = parsed.getCodeChallenge() == null
                ? null
                : parsed.getCodeChallenge().getValue();
        if (challenge != null && !CodeChallengeMethod.S256.equals(parsed.getCodeChallengeMethod())) {
            throw new AuthorizationFailure(
                    "invalid_request", "Invalid parameter: code_challenge_method", redirectUri, state);
        }
        if (challenge == null && application.secrets().isEmpty()) {
            throw new AuthorizationFailure("invalid_request", "Missing parameter: code_challenge", redirectUri, state);
        }
        return new AuthorizationRequest(
                application,
                redirectUri,
                redirectUriGiven,
                state,
                Http.first(query, "nonce"),
                Http.first(query, "prompt"),
                challenge,
                challenge == null ? null : CodeChallengeMethod.S256.getValue(),
                ScopeRules.split(Http.first(query, "scope")),
                ScopeRules.resources(query));
    }

    private ApplicationRow application(String clientId) {
        if (clientId == null) {
            throw AuthorizationFailure.forUser("invalid_request", "Missing parameter: client_id");
        }
        return domain.tables()
                .applications()
                .where(row -> row.domain().equals(domain.id()) && row.clientId().equals(clientId))
                .findFirst()
                .or(() -> documents.find(clientId))
                .filter(ApplicationRow::enabled)
                .orElseThrow(() ->
                        AuthorizationFailure.forUser("invalid_request", "No client found for client_id " + clientId));
    }

    private static String redirectUri(ApplicationRow application, String given) {
        List<String> registered = application.redirectUris();
        if (given == null && registered.size() == 1) {
            return registered.get(0);
        }
        if (given == null || !registered.contains(given)) {
            throw AuthorizationFailure.forUser(
                    "redirect_uri_mismatch",
                    "The redirect_uri MUST match the registered callback URL for this application");
        }
        return given;
    }
}
