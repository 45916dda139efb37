package io.mcpaccess.policy.consent;

/**
 * A stranger's text on its way to the consent page. The form escapes markup; here goes what markup has nothing to do with:
 * characters that nobody sees or that turn the text around (Unicode Standard Annex 9), letters buried under accents, and length.
 */
final class PageText {

    private static final int UNSEEN = 0xFFFD;
    private static final int MAX_MARKS = 3;
    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    private PageText() {}

    /**
     * Makes a text fit to be shown.
     *
     * @param text any text, or {@code null}
     * @param length how many characters it may have
     * @return the same on one line, with a replacement character for each that would not be seen, cut where it is too long
     */
    static String of(String text, int length) {
        if (text == null) {
            return "";
        }
        StringBuilder shown = new StringBuilder();
        int count = 0;
        int marks = 0;
        boolean space = true;
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            i += Character.charCount(character);
            boolean blank = isBlank(character);
            marks = isMark(character) ? marks + 1 : 0;
            if ((blank && space) || marks > MAX_MARKS) {
                continue;
            }
            if (count == length) {
                return shown.append('…').toString();
            }
            shown.appendCodePoint(blank ? ' ' : isSeen(character) ? character : UNSEEN);
            space = blank;
            count++;
        }
        return shown.toString().strip();
    }

    private static boolean isBlank(int character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }

    private static boolean isMark(int character) {
        int type = Character.getType(character);
        return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
    }

    private static boolean isSeen(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.SURROGATE, Character.UNASSIGNED, Character.PRIVATE_USE -> false;
            // Joiners are part of how several scripts are written; all else of this kind hides or turns text.
            case Character.FORMAT -> character == ZERO_WIDTH_JOINER || character == ZERO_WIDTH_NON_JOINER;
            default -> true;
        };
    }
}
