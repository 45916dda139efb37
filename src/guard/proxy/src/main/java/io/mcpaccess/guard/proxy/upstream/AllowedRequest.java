package io.mcpaccess.guard.proxy.upstream;

import io.mcpaccess.guard.GuardDecision;
import io.mcpaccess.guard.oauth.ActiveToken;
import io.vertx.core.MultiMap;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A request that the guard let through. Prints no header.
 *
 * @param method the HTTP method, in capitals
 * @param headers what the client sent
 * @param decision what the guard decided, with the message for the server
 * @param identity what the server is told about the caller: names and values of headers
 */
public record AllowedRequest(
        String method, MultiMap headers, GuardDecision.Allowed decision, Map<String, String> identity) {
    /**
     * @return when the token that it came with expires; a stream must not outlive that
     */
    public Optional<Instant> expiry() {
        return decision.caller().token().flatMap(ActiveToken::expiresAt);
    }

    @Override
    public String toString() {
        return "AllowedRequest[method=" + method + "]";
    }
}
