package io.mcpaccess.guard.oauth;

import java.util.concurrent.CompletableFuture;

/** Finds out whether an access token is active and issued for this server. Threads may share it. */
public interface TokenChecker {
    /**
     * @param token an access token
     * @return completes always normally, at once or on a thread of the HTTP client; where nothing can be found out it is
     *     {@link TokenCheck.Unknown}
     */
    CompletableFuture<TokenCheck> check(String token);

    /**
     * Forgets what is remembered about a token, because something newer is known about it.
     *
     * @param token an access token
     */
    void forget(String token);
}
