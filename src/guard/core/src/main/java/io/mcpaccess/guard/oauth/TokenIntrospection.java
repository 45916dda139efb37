package io.mcpaccess.guard.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpaccess.guard.http.AmCalls;
import io.mcpaccess.guard.http.RemoteCall;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Checks an access token at AM's introspection endpoint (RFC 7662) with the MCP server's own credentials. The audience
 * is always checked. Threads may share it.
 */
public final class TokenIntrospection implements TokenChecker {
    private final URI endpoint;
    private final ClientCredentials credentials;
    private final IntrospectionAnswer answers;
    private final RecentTokens recent;
    private final AmCalls remote;
    private final Clock clock;

    /**
     * @param domain the AM domain
     * @param credentials the MCP server's own
     * @param resource this MCP server
     * @param cacheFor how long an accepted token is not asked about again
     * @param cacheSize how many tokens are remembered at most
     * @param remote makes the call
     * @param clock tells the time
     */
    public TokenIntrospection(
            AmDomain domain,
            ClientCredentials credentials,
            ResourceIdentifier resource,
            Duration cacheFor,
            int cacheSize,
            AmCalls remote,
            Clock clock) {
        this.endpoint = domain.introspectionEndpoint();
        this.credentials = credentials;
        this.answers = new IntrospectionAnswer(resource);
        this.recent = new RecentTokens(cacheFor, cacheSize);
        this.remote = remote;
        this.clock = clock;
    }

    @Override
    public CompletableFuture<TokenCheck> check(String token) {
        Instant askedAt = clock.instant();
        Optional<ActiveToken> known = recent.find(token, askedAt);
        if (known.isPresent()) {
            return CompletableFuture.completedFuture(new TokenCheck.Accepted(known.get()));
        }
        return ask(token).thenApply(outcome -> {
            if (outcome instanceof TokenCheck.Accepted accepted) {
                recent.remember(token, accepted.token(), askedAt);
            }
            return outcome;
        });
    }

    @Override
    public void forget(String token) {
        recent.forget(token);
    }

    private CompletableFuture<TokenCheck> ask(String token) {
        String form = "token=" + URLEncoder.encode(token, StandardCharsets.UTF_8) + "&token_type_hint=access_token";
        Map<String, String> headers =
                Map.of("Authorization", credentials.basicHeader(), "Content-Type", "application/x-www-form-urlencoded");
        return remote.post(endpoint, headers, form).handle((answer, failure) -> {
            if (failure != null) {
                return new TokenCheck.Unknown("introspection failed: " + RemoteCall.reason(failure));
            }
            return read(answer);
        });
    }

    private TokenCheck read(RemoteCall.Answer answer) {
        if (answer.status() == 401) {
            return new TokenCheck.Unknown("AM refuses the MCP server's own client id or secret (introspection: 401)");
        }
        Optional<JsonNode> body = answer.status() == 200 ? answer.jsonObject() : Optional.empty();
        return body.map(json -> answers.read(json, clock.instant()))
                .orElseGet(() ->
                        new TokenCheck.Unknown("introspection answered " + answer.status() + " with no usable body"));
    }
}
