package io.mcpaccess.openfga.embedded.store;

/**
 * Walks through the lines of a text. Judges what may stand in them so narrowly that no rule of YAML beyond the plainest can
 * be meant. For one thread.
 */
final class PlainLines {

    private static final String MARKS = "_.@/#*+=~-:";

    private final String text;
    private int start;
    private int first;
    private int end;
    private int next;
    private int number;

    /**
     * Lines from a place on.
     *
     * @param from where a line begins
     * @param number that line's number, counted from 1
     */
    PlainLines(String text, int from, int number) {
        this.text = text;
        this.next = from;
        this.number = number - 1;
    }

    /** Goes to the next line that says something, past empty ones and comments; false at the end of the text. */
    boolean next() {
        while (nextOfAnyKind()) {
            if (first < end && text.charAt(first) != '#') {
                return true;
            }
            if (!isPrintable(first, end)) {
                return true;
            }
        }
        return false;
    }

    private boolean nextOfAnyKind() {
        if (next >= text.length()) {
            start = text.length();
            return false;
        }
        number++;
        start = next;
        int newline = text.indexOf('\n', start);
        end = newline < 0 ? text.length() : newline;
        next = newline < 0 ? end : newline + 1;
        if (newline > start && text.charAt(end - 1) == '\r') {
            end--;
        }
        first = start;
        while (first < end && text.charAt(first) == ' ') {
            first++;
        }
        while (end > first && text.charAt(end - 1) == ' ') {
            end--;
        }
        return true;
    }

    /** Where the line begins in the text; at the end of the text, its length. */
    int start() {
        return start;
    }

    /** Where the line behind this one begins. */
    int following() {
        return next;
    }

    /** Counted from 1. */
    int number() {
        return number;
    }

    /** How many spaces stand at the beginning. */
    int indent() {
        return first - start;
    }

    boolean begins(String words, int indent) {
        return text.startsWith(words, start + indent) && start + indent + words.length() <= end;
    }

    /** Where the first thing behind a dash is, counted from the beginning of the line; 0 where there is no dash, or nothing behind it. */
    int behindDash() {
        int at = first + 1;
        while (at < end && text.charAt(at) == ' ') {
            at++;
        }
        return text.charAt(first) == '-' && at > first + 1 && at < end ? at - start : 0;
    }

    boolean isLetter() {
        return isAsciiLetter(text.charAt(first));
    }

    /**
     * The rest of the line, if it is a text and nothing else to any reader of YAML: without quotes it begins with a letter
     * and is no word such as {@code true} or {@code null}.
     *
     * @param from where it begins, counted from the beginning of the line; spaces are passed over, and one must be there
     * @return the text, or null
     */
    String value(int from) {
        int at = start + from;
        if (at >= end || text.charAt(at) != ' ') {
            return null;
        }
        while (at < end && text.charAt(at) == ' ') {
            at++;
        }
        char quote = text.charAt(at);
        boolean isQuoted = quote == '"' || quote == '\'';
        if (isQuoted) {
            boolean isClosed = end - at > 2 && text.charAt(end - 1) == quote;
            return isClosed && isPlain(at + 1, end - 1) ? text.substring(at + 1, end - 1) : null;
        }
        boolean isText = isAsciiLetter(quote) && text.charAt(end - 1) != ':' && isPlain(at, end);
        String value = isText ? text.substring(at, end) : null;
        return value == null || isWord(value) ? null : value;
    }

    private boolean isPlain(int from, int to) {
        for (int at = from; at < to; at++) {
            char each = text.charAt(at);
            boolean isFit = isAsciiLetter(each)
                    || each >= '0' && each <= '9'
                    || MARKS.indexOf(each) >= 0
                    || each > 0x7F && Character.isLetter(each);
            if (!isFit) {
                return false;
            }
        }
        return true;
    }

    /** Whether nothing stands here that readers of YAML take for something special, or refuse. */
    static boolean isPrintable(String text, int from, int to) {
        for (int at = from; at < to; at++) {
            char each = text.charAt(at);
            if ((each < ' ' || each > '~') && each != '\n') {
                return false;
            }
        }
        return true;
    }

    private boolean isPrintable(int from, int to) {
        return isPrintable(text, from, to);
    }

    /** What YAML of any version takes for something else than a text; relations are words, and these could be some. */
    private static boolean isWord(String value) {
        return switch (value.length()) {
            case 1 -> "yYnN".contains(value);
            case 2 -> value.equalsIgnoreCase("no") || value.equalsIgnoreCase("on");
            case 3 -> value.equalsIgnoreCase("yes") || value.equalsIgnoreCase("off");
            case 4 -> value.equalsIgnoreCase("true") || value.equalsIgnoreCase("null");
            case 5 -> value.equalsIgnoreCase("false");
            default -> false;
        };
    }

    private static boolean isAsciiLetter(char each) {
        return each >= 'a' && each <= 'z' || each >= 'A' && each <= 'Z';
    }
}
