package io.mcpaccess.sandbox.gateway.oauth;

import io.gravitee.am.common.jwt.JWT;
import io.gravitee.am.model.oidc.Client;
import io.mcpaccess.sandbox.data.Tables;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code POST /oauth/revoke} (RFC 7009). AM compares the token's audience with the client, so that a client cannot revoke its own token
 * for a resource: 400 {@code invalid_grant}. What is not a token is 200.
 */
final class RevocationEndpoint implements Handler<RoutingContext> {
    private final ClientAuthentication clients;
    private final TokenVerifier tokens;
    private final Tables tables;

    RevocationEndpoint(ClientAuthentication clients, TokenVerifier tokens, Tables tables) {
        this.clients = clients;
        this.tokens = tokens;
        this.tables = tables;
    }

    @Override
    public void handle(RoutingContext context) {
        clients.authenticate(context)
                .map(client -> revoke(client, Http.form(context)))
                .onSuccess(done ->
                        Http.uncached(context.response()).setStatusCode(200).end())
                .onFailure(cause -> Http.fail(context, cause));
    }

    private Void revoke(Client client, Map<String, List<String>> form) {
        String token = Http.first(form, "token");
        if (token == null) {
            throw OAuthFailure.of("invalid_request", "A parameter token is required");
        }
        Optional<JWT> jwt = tokens.verify(token, true);
        if (jwt.isEmpty()) {
            return null;
        }
        if (!client.getClientId().equals(jwt.get().getAud())) {
            throw OAuthFailure.of("invalid_grant", "The token was not issued to the client");
        }
        tables.accessTokens().take(jwt.get().getJti());
        tables.refreshTokens().take(jwt.get().getJti());
        return null;
    }
}
