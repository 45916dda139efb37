package io.mcpaccess.core.text;

import java.util.function.IntPredicate;

/** Text of others on its way into an audit entry, a message or a file: a tool name must not forge lines or hide what it says. */
public final class Printable {

    private static final int MAX_LENGTH = 256;

    private Printable() {}

    /**
     * Replaces what cannot be seen and cuts what is too long.
     *
     * @param text the caller's text
     * @return the same, at most 256 characters, control and format characters as question marks
     */
    public static String text(String text) {
        return isPlain(text) ? text : replaced(text);
    }

    /** Nearly all is, and stays the caller's own. */
    private static boolean isPlain(String text) {
        if (text.length() > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                return false;
            }
        }
        return true;
    }

    private static String replaced(String text) {
        StringBuilder safe = new StringBuilder(Math.min(text.length(), MAX_LENGTH));
        text.codePoints().limit(MAX_LENGTH).forEach(c -> safe.appendCodePoint(isVisible(c) ? c : '?'));
        return safe.toString();
    }

    /**
     * Writes characters out as JSON and Java escape them: a backslash, u and four digits.
     *
     * @param text any text
     * @param isWrittenOut which code points
     * @return the text, all other characters as they were
     */
    public static String writtenOut(String text, IntPredicate isWrittenOut) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (isWrittenOut.test(c)) {
                for (char unit : Character.toChars(c)) {
                    out.append(String.format("\\u%04X", (int) unit));
                }
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.toString();
    }

    static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
