package io.gravitee.am.repository.oauth2.api;

import io.gravitee.am.repository.oauth2.model.AccessToken;
import io.reactivex.rxjava3.core.Maybe;

/**
 * Access tokens as stored, by jti; knows the client at once, where introspection on 4.10 does not yet.
 */
public interface AccessTokenRepository {
    Maybe<AccessToken> findByToken(String token);
}
