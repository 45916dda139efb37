package io.mcpaccess.guard.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/**
 * What a token is bound to (RFC 7800, section 3): whoever presents it has to show all of it.
 *
 * @param keyThumbprint {@code jkt}: of the key that signs the DPoP proofs (RFC 9449, section 6.1)
 * @param certificateThumbprint {@code x5t#S256}: of the client's TLS certificate (RFC 8705, section 3.1)
 */
public record Confirmation(Optional<String> keyThumbprint, Optional<String> certificateThumbprint) {
    private static final String KEY = "jkt";
    private static final String CERTIFICATE = "x5t#S256";

    /**
     * @return of a plain bearer token
     */
    public static Confirmation none() {
        return new Confirmation(Optional.empty(), Optional.empty());
    }

    /**
     * @param cnf the claim; missing or null for none
     * @return what the token is bound to; empty when that is something this guard cannot check
     */
    static Optional<Confirmation> read(JsonNode cnf) {
        if (cnf.isMissingNode() || cnf.isNull()) {
            return Optional.of(none());
        }
        Optional<String> key = Optional.empty();
        Optional<String> certificate = Optional.empty();
        for (Map.Entry<String, JsonNode> member : cnf.properties()) {
            Optional<String> value =
                    Optional.ofNullable(member.getValue().textValue()).filter(text -> !text.isEmpty());
            boolean isKey = member.getKey().equals(KEY);
            if (value.isEmpty() || !isKey && !member.getKey().equals(CERTIFICATE)) {
                return Optional.empty();
            }
            key = isKey ? value : key;
            certificate = isKey ? certificate : value;
        }
        return key.isEmpty() && certificate.isEmpty()
                ? Optional.empty()
                : Optional.of(new Confirmation(key, certificate));
    }

    /**
     * @return whether possession of the token alone is not enough
     */
    public boolean isBound() {
        return keyThumbprint.isPresent() || certificateThumbprint.isPresent();
    }
}
