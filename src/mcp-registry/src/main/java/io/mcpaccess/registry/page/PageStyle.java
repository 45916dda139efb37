package io.mcpaccess.registry.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The page's style sheet and the policy that lets a browser use it and nothing else. {@code look.css} is shared with the
 * consent form of the bundle; {@code page.css} is this page's own.
 */
public final class PageStyle {

    static final String TEXT = read("look.css") + read("page.css");

    private PageStyle() {}

    /**
     * The Content-Security-Policy that the page needs and no more: no script, no request to anywhere, forms to itself.
     *
     * @return the header's value
     */
    public static String contentSecurityPolicy() {
        return "default-src 'none'; style-src 'sha256-" + hash()
                + "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    }

    private static String hash() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(TEXT.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static String read(String name) {
        try (InputStream in = PageStyle.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The style sheet of the page cannot be read", e);
        }
    }
}
