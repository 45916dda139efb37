package io.mcpaccess.core.text;

/** Text of a caller on its way into an audit entry: a tool name must not forge lines or hide what it says. */
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
