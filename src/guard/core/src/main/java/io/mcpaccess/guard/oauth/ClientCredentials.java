package io.mcpaccess.guard.oauth;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Objects;

/**
 * The client id and secret that AM gave to the MCP server when it was registered.
 *
 * @param clientId the client id; not blank
 * @param clientSecret the secret; not blank, never printed
 */
public record ClientCredentials(String clientId, String clientSecret) {
    /**
     * @throws IllegalArgumentException when one of the two is blank
     */
    public ClientCredentials {
        requireText(clientId, "client id");
        requireText(clientSecret, "client secret");
    }

    /**
     * The value of the {@code Authorization} header by which the MCP server authenticates at AM.
     *
     * @return {@code Basic …}, id and secret form-encoded first (RFC 6749, 2.3.1)
     */
    public String basicHeader() {
        return "Basic " + base64(encoded());
    }

    /**
     * Whether a presented pair is this one, in a time that does not depend on where they differ.
     *
     * @param userAndPassword the decoded value of a Basic header, with or without the form encoding of RFC 6749, 2.3.1
     * @return true when it is this pair
     */
    public boolean matches(String userAndPassword) {
        boolean plain = same(clientId + ":" + clientSecret, userAndPassword);
        boolean formEncoded = same(encoded(), userAndPassword);
        return plain | formEncoded;
    }

    @Override
    public String toString() {
        return "ClientCredentials[clientId=" + clientId + ", clientSecret=***]";
    }

    private String encoded() {
        return formEncoded(clientId) + ":" + formEncoded(clientSecret);
    }

    private static boolean same(String expected, String presented) {
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.UTF_8), presented.getBytes(StandardCharsets.UTF_8));
    }

    private static String formEncoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void requireText(String text, String name) {
        Objects.requireNonNull(text, name);
        if (text.isBlank()) {
            throw new IllegalArgumentException(
                    "The " + name + " of the MCP server is blank. AM shows it when the server is"
                            + " registered as a protected resource.");
        }
    }
}
