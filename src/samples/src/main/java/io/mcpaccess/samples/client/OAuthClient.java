package io.mcpaccess.samples.client;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * The application as AM knows it.
 *
 * @param clientId its id
 * @param clientSecret empty for a public client; never printed
 * @param redirectUri one of its redirect URIs
 */
public record OAuthClient(String clientId, Optional<String> clientSecret, String redirectUri) {
    /**
     * @return the headers by which it authenticates at the token and revocation endpoints
     */
    public Map<String, String> authentication() {
        return clientSecret
                .map(secret -> Map.of(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString(Http.encoded(Map.of(clientId, secret))
                                                .replaceFirst("=", ":")
                                                .getBytes(StandardCharsets.UTF_8))))
                .orElse(Map.of());
    }

    @Override
    public String toString() {
        return "OAuthClient[clientId=" + clientId + "]";
    }
}
