package io.mcpaccess.registry.look;

/** Text in HTML, as an element's content or inside a quoted attribute, in which nothing can become markup. */
public final class EscapedText {

    private EscapedText() {}

    /**
     * Adds a text.
     *
     * @param value anything
     * @param out gets it, escaped
     */
    public static void append(String value, StringBuilder out) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
    }
}
