package io.mcpaccess.registry.plan;

import io.mcpaccess.core.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Looks at text that an MCP server's author wrote, for what would deceive a person who reads it. A tool's description is
 * read by models and by the people who approve it; the two must see the same.
 */
public final class SuspiciousText {

    private static final Pattern MARKUP = Pattern.compile("<[a-zA-Z/!?]");

    private SuspiciousText() {}

    /**
     * What is odd about a text.
     *
     * @param text any text
     * @return one remark for each kind of oddity; empty for plain text
     */
    public static List<String> remarks(String text) {
        List<String> remarks = new ArrayList<>();
        if (text.codePoints().anyMatch(SuspiciousText::isControl)) {
            remarks.add("The description has control characters");
        }
        if (text.codePoints().anyMatch(SuspiciousText::isFormat)) {
            remarks.add("The description has invisible or text-reversing characters");
        }
        if (MARKUP.matcher(text).find()) {
            remarks.add("The description has HTML or other markup");
        }
        return List.copyOf(remarks);
    }

    /**
     * Whether a text has characters that are not seen.
     *
     * @param text any text
     * @return whether there are control, format or private characters in it
     */
    public static boolean isHidingSomething(String text) {
        return text.codePoints().anyMatch(SuspiciousText::isHidden);
    }

    /**
     * The text with every hidden character written out, as a Unicode escape.
     *
     * @param text any text
     * @return text that reads as what it is
     */
    public static String visible(String text) {
        return Printable.writtenOut(text, SuspiciousText::isHidden);
    }

    /**
     * The text on one line, without hidden characters and markup brackets, for texts that we derive ourselves.
     *
     * @param text any text
     * @param max how many characters at most
     * @return plain text, shortened with an ellipsis where it is too long
     */
    public static String plain(String text, int max) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> Character.isWhitespace(c) || c == '<' || c == '>' ? ' ' : c)
                .filter(c -> !isHidden(c))
                .forEach(out::appendCodePoint);
        String line = out.toString().strip().replaceAll(" {2,}", " ");
        if (line.length() <= max) {
            return line;
        }
        int end = Character.isHighSurrogate(line.charAt(max - 4)) ? max - 4 : max - 3;
        return line.substring(0, end).stripTrailing() + "...";
    }

    /**
     * Whether a character is not seen or makes others look different.
     *
     * @param c a code point
     * @return true for control characters other than line breaks and tabs, for format, private and unassigned ones
     */
    public static boolean isHidden(int c) {
        return isControl(c) || isFormat(c);
    }

    private static boolean isControl(int c) {
        return Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t';
    }

    private static boolean isFormat(int c) {
        return switch (Character.getType(c)) {
            case Character.FORMAT,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
