package io.mcpaccess.registry.map;

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
        String visible = SuspiciousText.visible(value);
        for (int i = 0; i < visible.length(); i++) {
            char c = visible.charAt(i);
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
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
