package io.gravitee.am.gateway.handler.common.oauth2;

import io.gravitee.am.common.jwt.JWT;
import io.reactivex.rxjava3.core.Maybe;

/**
 * Introspects tokens; two beans, qualifiers AccessTokenIntrospection and RefreshTokenIntrospection. An inactive token is an error or empty.
 */
public interface IntrospectionTokenService {
    Maybe<JWT> introspect(String token, boolean offlineVerification);

    Maybe<IntrospectionResult> introspect(String token, boolean offlineVerification, String callerClientId);
}
