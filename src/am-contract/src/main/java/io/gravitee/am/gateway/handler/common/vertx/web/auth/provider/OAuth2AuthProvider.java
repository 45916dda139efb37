package io.gravitee.am.gateway.handler.common.vertx.web.auth.provider;

import io.gravitee.am.gateway.handler.common.vertx.web.auth.handler.OAuth2AuthResponse;
import io.vertx.core.AsyncResult;
import io.vertx.core.Handler;

/**
 * Verifies a bearer token that was presented to AM itself.
 */
public interface OAuth2AuthProvider {
    default void decodeToken(String token, Handler<AsyncResult<OAuth2AuthResponse>> handler) {
        decodeToken(token, false, handler);
    }

    void decodeToken(String token, boolean offlineVerification, Handler<AsyncResult<OAuth2AuthResponse>> handler);
}
