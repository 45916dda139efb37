package io.mcpaccess.openfga.embedded.condition.cel;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Writes characters beyond the first 65,536, such as emoji, as escapes: the parser loses them where a text has an escape
 * besides.
 */
final class WideCharacters {

    private static final int TRIPLE = 3;

    private final String source;
    private final StringBuilder written = new StringBuilder();
    private int at;

    private WideCharacters(String source) {
        this.source = source;
    }

    /** The same expression, in which only raw texts and comments hold such characters. */
    static String escaped(String source) {
        return source.codePoints().anyMatch(Character::isSupplementaryCodePoint)
                ? new WideCharacters(source).rewrite()
                : source;
    }

    private String rewrite() {
        while (at < source.length()) {
            char c = source.charAt(at);
            if (source.startsWith("//", at)) {
                int end = source.indexOf('\n', at);
                copy((end < 0 ? source.length() : end) - at);
            } else if (c == '\'' || c == '"') {
                literal(c);
            } else {
                copy(1);
            }
        }
        return written.toString();
    }

    private void literal(char quote) {
        String prefix = prefix();
        boolean isRaw = prefix.contains("r");
        boolean isBytes = prefix.contains("b");
        String end = String.valueOf(quote);
        if (source.startsWith(end.repeat(TRIPLE), at)) {
            end = end.repeat(TRIPLE);
        }
        copy(end.length());
        while (at < source.length() && !source.startsWith(end, at)) {
            int character = source.codePointAt(at);
            if (character == '\\' && !isRaw) {
                copy(Math.min(2, source.length() - at));
            } else if (Character.isSupplementaryCodePoint(character) && !isRaw) {
                written.append(isBytes ? asBytes(character) : String.format("\\U%08X", character));
                at += Character.charCount(character);
            } else {
                copy(1);
            }
        }
        copy(Math.min(end.length(), source.length() - at));
    }

    /** The letters that say what kind of text begins here, in lower case. */
    private String prefix() {
        int start = at;
        while (start > 0 && Character.isJavaIdentifierPart(source.charAt(start - 1))) {
            start--;
        }
        String word = source.substring(start, at).toLowerCase(Locale.ROOT);
        return word.matches("r|b|rb|br") ? word : "";
    }

    private static String asBytes(int character) {
        StringBuilder escapes = new StringBuilder();
        for (byte each : Character.toString(character).getBytes(StandardCharsets.UTF_8)) {
            escapes.append(String.format("\\x%02X", each & 0xFF));
        }
        return escapes.toString();
    }

    private void copy(int length) {
        written.append(source, at, at + length);
        at += length;
    }
}
