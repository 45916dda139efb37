package io.mcpaccess.sandbox.gateway.am;

import io.gravitee.am.common.exception.oauth2.InvalidTokenException;
import io.gravitee.am.common.jwt.JWT;
import io.gravitee.am.gateway.handler.common.client.ClientSyncService;
import io.gravitee.am.gateway.handler.common.oauth2.IntrospectionResult;
import io.gravitee.am.gateway.handler.common.oauth2.IntrospectionTokenService;
import io.gravitee.am.gateway.handler.common.vertx.web.auth.handler.OAuth2AuthResponse;
import io.gravitee.am.gateway.handler.common.vertx.web.auth.provider.OAuth2AuthProvider;
import io.mcpaccess.sandbox.gateway.oauth.TokenVerifier;
import io.reactivex.rxjava3.core.Maybe;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;

/** AM's two ways for a plugin to check a token. */
public final class TokenServices {
    private static final String INVALID = "The access token is invalid";

    private TokenServices() {}

    /** AM's IntrospectionTokenService for one kind of token. */
    public static final class Introspection implements IntrospectionTokenService {
        private final TokenVerifier verifier;

        /**
         * Makes the service.
         *
         * @param verifier checks the tokens of one kind
         */
        public Introspection(TokenVerifier verifier) {
            this.verifier = verifier;
        }

        @Override
        public Maybe<JWT> introspect(String token, boolean offline) {
            return verified(token, offline, null);
        }

        @Override
        public Maybe<IntrospectionResult> introspect(String token, boolean offline, String callerClientId) {
            return verified(token, offline, callerClientId)
                    .map(jwt -> new IntrospectionResult(jwt, verifier.clientOf(jwt)));
        }

        private Maybe<JWT> verified(String token, boolean offline, String caller) {
            return Maybe.defer(() -> verifier.verify(token, offline)
                    .filter(jwt -> verifier.isForCaller(jwt, caller))
                    .map(Maybe::just)
                    .orElseGet(() -> Maybe.error(new InvalidTokenException(INVALID))));
        }
    }

    /**
     * AM's OAuth2AuthProvider. On 4.10 it looks the audience up among applications only: a token for an MCP server does not
     * authenticate anybody.
     */
    public static final class BearerTokens implements OAuth2AuthProvider {
        private final TokenVerifier verifier;
        private final ClientSyncService applications;

        /**
         * Makes the provider.
         *
         * @param verifier checks access tokens
         * @param applications knows audiences
         */
        public BearerTokens(TokenVerifier verifier, ClientSyncService applications) {
            this.verifier = verifier;
            this.applications = applications;
        }

        @Override
        public void decodeToken(String token, boolean offline, Handler<AsyncResult<OAuth2AuthResponse>> handler) {
            Maybe.defer(() -> verifier.verify(token, offline).map(Maybe::just).orElseGet(Maybe::empty))
                    .flatMap(jwt -> applications
                            .findByClientId(jwt.getAud())
                            .map(client -> new OAuth2AuthResponse(jwt, client)))
                    .subscribe(
                            response -> handler.handle(Future.succeededFuture(response)),
                            cause -> handler.handle(Future.failedFuture(cause)),
                            () -> handler.handle(Future.failedFuture(new InvalidTokenException(INVALID))));
        }
    }
}
