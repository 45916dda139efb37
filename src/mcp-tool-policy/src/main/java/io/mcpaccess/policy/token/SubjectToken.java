package io.mcpaccess.policy.token;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpaccess.policy.am.DoubtException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/** The token that is handed in at a token exchange (RFC 8693, section 2.1). AM has checked it; only its age is read here. */
final class SubjectToken {

    private static final ObjectMapper JSON = new ObjectMapper();

    private SubjectToken() {}

    /**
     * When the token was issued.
     *
     * @param token the {@code subject_token}, or {@code null}
     * @return its {@code iat}
     * @throws DoubtException if it is no JWT that says so; the message has no part of the token
     */
    static Instant issuedAt(String token) {
        String[] parts = token == null ? new String[0] : token.split("\\.", -1);
        if (parts.length == 3) {
            try {
                JsonNode claims =
                        JSON.readTree(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8));
                if (claims != null && claims.path("iat").isIntegralNumber()) {
                    return Instant.ofEpochSecond(claims.get("iat").asLong());
                }
            } catch (IllegalArgumentException | JsonProcessingException e) {
                // Told below without the cause, whose message may quote the token.
            }
        }
        throw new DoubtException("subject_token_unreadable", "The age of the exchanged token cannot be told.");
    }
}
