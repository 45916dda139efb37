package io.mcpaccess.registry.remote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.registry.plan.DeclarationReader;
import io.mcpaccess.registry.plan.InvalidDeclarationException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** What an import shows the MCP server. Kept for the one call, never written anywhere. */
public final class ServerCredentials {

    private final String header;

    private ServerCredentials(String header) {
        this.header = header;
    }

    /**
     * Reads credentials: {@code bearerToken}, or {@code clientId} and {@code clientSecret} of the MCP server itself (a
     * guarded server shows its whole list to those).
     *
     * @param json the request
     * @return the credentials, possibly none
     * @throws InvalidDeclarationException if they are incomplete, both kinds, or cannot stand in a header
     */
    public static ServerCredentials of(ObjectNode json) {
        Optional<String> token = DeclarationReader.text(json, "bearerToken");
        Optional<String> id = DeclarationReader.text(json, "clientId");
        Optional<String> secret = DeclarationReader.text(json, "clientSecret");
        if (id.isPresent() != secret.isPresent()) {
            throw new InvalidDeclarationException("clientId and clientSecret go together.");
        }
        if (token.isPresent() && id.isPresent()) {
            throw new InvalidDeclarationException("Give either bearerToken or clientId and clientSecret.");
        }
        if (token.filter(text -> !text.matches("[\\x21-\\x7e]+")).isPresent()) {
            throw new InvalidDeclarationException("bearerToken has characters that no token has.");
        }
        return new ServerCredentials(token.map(text -> "Bearer " + text)
                .or(() -> id.map(user -> basic(user, secret.orElseThrow())))
                .orElse(null));
    }

    /** RFC 6749, section 2.3.1: both parts are form-encoded before they are joined. */
    private static String basic(String id, String secret) {
        String joined =
                URLEncoder.encode(id, StandardCharsets.UTF_8) + ":" + URLEncoder.encode(secret, StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(joined.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The value of the Authorization header.
     *
     * @return empty where there are no credentials
     */
    Optional<String> header() {
        return Optional.ofNullable(header);
    }

    /** Never shows them. */
    @Override
    public String toString() {
        return header == null ? "no credentials" : "credentials";
    }
}
