package io.mcpaccess.samples.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * An access token.
 *
 * @param value the token; never printed
 * @param scope what the token endpoint granted
 */
public record Token(String value, String scope) {
    /**
     * What the token says about itself, for people to look at: a client must not rely on it (RFC 9068, section 6).
     *
     * @return the claims; a missing node when it is no JWT
     */
    public JsonNode claims() {
        String[] parts = value.split("\\.");
        return parts.length == 3
                ? Http.json(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8))
                : Http.json("");
    }

    @Override
    public String toString() {
        return "Token[scope=" + scope + "]";
    }
}
