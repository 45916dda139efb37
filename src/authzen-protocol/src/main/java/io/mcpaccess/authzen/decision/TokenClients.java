package io.mcpaccess.authzen.decision;

import io.reactivex.rxjava3.core.Maybe;

/** Knows which client an access token was issued to, where the token does not say it. */
@FunctionalInterface
public interface TokenClients {

    /**
     * Looks a token up.
     *
     * @param id the token's {@code jti}
     * @return the client id, or nothing where the token is not known; fails where the store does
     */
    Maybe<String> clientOf(String id);
}
