package io.mcpaccess.openfga.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpaccess.openfga.server.http.HttpCall;
import io.mcpaccess.openfga.server.http.HttpTransport;
import io.mcpaccess.openfga.server.http.WholeAnswer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Access tokens by OAuth 2.0 client credentials (RFC 6749, section 4.4). One is fetched at a time, ahead of the expiry
 * of the one in use, and nobody blocks for it. The SDK's own way would block the thread that asks.
 */
final class ClientCredentialsTokens implements AuthorizationHeader {

    private static final Duration FETCH_TIMEOUT = Duration.ofSeconds(3);

    private static final int MOST_BYTES = 256 * 1024;
    private static final Map<String, String> HEADERS =
            Map.of("Content-Type", "application/x-www-form-urlencoded", "Accept", "application/json");

    /** After a failure the endpoint is left alone for this long: each decision would otherwise knock. */
    private static final long PAUSE_AFTER_FAILURE = Duration.ofSeconds(1).toNanos();

    /** RFC 6749 lets the lifetime out: a token without one is used this long. */
    private static final long LIFETIME_WHEN_UNSAID = 300;

    private final Authentication.ClientCredentials credentials;
    private final HttpTransport transport;
    private final ObjectMapper json;
    private final LongSupplier nanoTime;

    private Token current;
    private CompletableFuture<Token> inFlight;
    private long failedAt;
    private boolean failed;

    ClientCredentialsTokens(
            Authentication.ClientCredentials credentials,
            HttpTransport transport,
            ObjectMapper json,
            LongSupplier nanoTime) {
        this.credentials = credentials;
        this.transport = transport;
        this.json = json;
        this.nanoTime = nanoTime;
    }

    @Override
    public synchronized CompletableFuture<Optional<String>> value() {
        long now = nanoTime.getAsLong();
        boolean usable = current != null && now - current.expiresAt < 0;
        if (usable && now - current.renewAt < 0) {
            return CompletableFuture.completedFuture(Optional.of(current.header));
        }
        boolean mayFetch = !failed || now - failedAt >= PAUSE_AFTER_FAILURE;
        if (inFlight == null && mayFetch) {
            CompletableFuture<Token> begun = fetch();
            inFlight = begun;
            // One that failed at once has ended when this returns.
            begun.whenComplete(this::ended);
        }
        if (usable) {
            return CompletableFuture.completedFuture(Optional.of(current.header));
        }
        return inFlight == null
                ? CompletableFuture.failedFuture(noToken("it failed, or its last token was refused, a moment ago"))
                : inFlight.thenApply(token -> Optional.of(token.header));
    }

    @Override
    public synchronized void refused(String header) {
        if (current != null && current.header.equals(header)) {
            current = null;
            // An OpenFGA that refuses every token must not make each decision fetch one. The pause counts from the last
            // fetch: a token revoked later is replaced at once.
            failed = true;
        }
    }

    private synchronized void ended(Token token, Throwable failure) {
        inFlight = null;
        failed = failure != null;
        failedAt = nanoTime.getAsLong();
        if (token != null) {
            current = token;
        }
    }

    private CompletableFuture<Token> fetch() {
        HttpCall request = new HttpCall(
                "POST",
                credentials.tokenEndpoint(),
                HEADERS,
                null,
                null,
                form().getBytes(StandardCharsets.UTF_8),
                FETCH_TIMEOUT,
                MOST_BYTES);
        return transport
                .send(request)
                .thenApply(this::read)
                .exceptionallyCompose(thrown -> CompletableFuture.failedFuture(
                        thrown.getCause() instanceof ServerFailure named
                                ? named
                                : noToken("its authorization server was not reached")));
    }

    private String form() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("grant_type", "client_credentials");
        parameters.put("client_id", credentials.clientId());
        parameters.put("client_secret", credentials.clientSecret());
        credentials.audience().ifPresent(audience -> parameters.put("audience", audience));
        if (!credentials.scopes().isEmpty()) {
            parameters.put("scope", String.join(" ", credentials.scopes()));
        }
        return parameters.entrySet().stream()
                .map(p -> p.getKey() + "=" + URLEncoder.encode(p.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private Token read(WholeAnswer answer) {
        if (answer.status() != 200) {
            throw noToken("its authorization server answered " + answer.status());
        }
        try {
            JsonNode body = json.readTree(answer.text());
            String token = body.path("access_token").asText("");
            if (token.isEmpty()) {
                throw noToken("its authorization server's answer has no access_token");
            }
            long seconds = Math.max(1, body.path("expires_in").asLong(LIFETIME_WHEN_UNSAID));
            long now = nanoTime.getAsLong();
            return new Token(
                    "Bearer " + token,
                    now + Duration.ofSeconds(seconds).toNanos(),
                    now + Duration.ofSeconds(seconds).toNanos() * 4 / 5);
        } catch (JsonProcessingException e) {
            throw noToken("its authorization server's answer is no JSON");
        }
    }

    private static ServerFailure noToken(String why) {
        return ServerFailure.of(ServerFailure.Kind.NO_TOKEN, "The engine has no access token for OpenFGA: " + why);
    }

    private static final class Token {
        private final String header;
        private final long expiresAt;
        private final long renewAt;

        private Token(String header, long expiresAt, long renewAt) {
            this.header = header;
            this.expiresAt = expiresAt;
            this.renewAt = renewAt;
        }
    }
}
