package io.mcpaccess.registry.map;

import io.mcpaccess.registry.look.EscapedText;
import io.mcpaccess.registry.plan.SuspiciousText;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Builds HTML in which no text can become markup. */
final class Html {

    private final StringBuilder out = new StringBuilder(16 * 1024);

    /** Adds markup of ours, never a value. */
    Html raw(String markup) {
        out.append(markup);
        return this;
    }

    /** Adds a value, in text or inside a quoted attribute. */
    Html text(String value) {
        EscapedText.append(SuspiciousText.visible(value), out);
        return this;
    }

    static String urlEncoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
