package io.gravitee.am.gateway.handler.common.vertx.web.auth.handler;

import io.gravitee.am.common.jwt.JWT;
import io.gravitee.am.model.oidc.Client;

/**
 * A bearer token that AM found valid, and the client it belongs to.
 */
public class OAuth2AuthResponse {
    private final JWT token;
    private final Client client;

    public OAuth2AuthResponse(JWT token, Client client) {
        this.token = token;
        this.client = client;
    }

    public JWT getToken() {
        return token;
    }

    public Client getClient() {
        return client;
    }
}
