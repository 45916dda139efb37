package io.mcpaccess.registry.look;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * A page's style sheet, and the policy that lets a browser use it and nothing else.
 *
 * @param css the shared look, then the page's own rules
 * @param contentSecurityPolicy the value of that header: this style sheet by its hash, no script, no request to anywhere, forms
 *     to the page itself
 */
public record StyleSheet(String css, String contentSecurityPolicy) {

    /**
     * A page's style sheet.
     *
     * @param owner a class of the page's package
     * @param name the resource beside it with the page's own rules
     * @return the shared look with those rules
     */
    public static StyleSheet of(Class<?> owner, String name) {
        String css = read(StyleSheet.class, "look.css") + read(owner, name);
        return new StyleSheet(
                css,
                "default-src 'none'; style-src 'sha256-" + hash(css)
                        + "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
    }

    private static String hash(String css) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(css.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static String read(Class<?> owner, String name) {
        try (InputStream in = owner.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The style sheet " + name + " cannot be read", e);
        }
    }
}
