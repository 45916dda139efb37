package io.mcpaccess.guard.oauth.jwt;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.jwk.JWKSet;
import io.mcpaccess.guard.http.AmCalls;
import io.mcpaccess.guard.http.RemoteCall;
import io.mcpaccess.guard.oauth.AmDomain;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Fetches the issuer's keys: its OpenID configuration says where they are (OpenID Connect Discovery 1.0, sections 3 and
 * 4; RFC 7517). Only a document of the very issuer counts.
 */
final class KeyDiscovery {
    private final URI configuration;
    private final URI issuer;
    private final AmCalls remote;

    /**
     * @param domain where AM is reached
     * @param issuer the issuer identifier that document and tokens must have
     * @param remote makes the calls
     */
    KeyDiscovery(AmDomain domain, URI issuer, AmCalls remote) {
        this.configuration = domain.openIdConfiguration();
        this.issuer = issuer;
        this.remote = remote;
    }

    /**
     * @return the keys; fails with a text that says what is wrong with the issuer's documents
     */
    CompletableFuture<JWKSet> fetch() {
        return remote.get(configuration)
                .thenApply(answer -> keysUri(object(answer, "the OpenID configuration")))
                .thenCompose(remote::get)
                .thenApply(KeyDiscovery::keys);
    }

    private URI keysUri(JsonNode document) {
        if (!issuer.toString().equals(document.path("issuer").textValue())) {
            throw unusable("the OpenID configuration is of another issuer than " + issuer);
        }
        URI uri = uri(document.path("jwks_uri").asText());
        boolean asSafe = "https".equals(uri.getScheme())
                || "http".equals(uri.getScheme()) && "http".equals(configuration.getScheme());
        if (!asSafe || uri.getHost() == null) {
            throw unusable("the OpenID configuration has no usable jwks_uri");
        }
        return uri;
    }

    private static URI uri(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException notOne) {
            throw unusable("the OpenID configuration has no usable jwks_uri");
        }
    }

    private static JWKSet keys(RemoteCall.Answer answer) {
        object(answer, "the key set");
        try {
            return JWKSet.parse(new String(answer.body(), StandardCharsets.UTF_8))
                    .toPublicJWKSet();
        } catch (ParseException notOne) {
            throw unusable("the key set is none of RFC 7517");
        }
    }

    private static JsonNode object(RemoteCall.Answer answer, String what) {
        if (answer.status() != 200) {
            throw unusable(what + " was answered with " + answer.status());
        }
        return answer.jsonObject().orElseThrow(() -> unusable(what + " is no JSON object"));
    }

    private static CompletionException unusable(String problem) {
        return new CompletionException(new UnusableDocumentException(problem));
    }
}
