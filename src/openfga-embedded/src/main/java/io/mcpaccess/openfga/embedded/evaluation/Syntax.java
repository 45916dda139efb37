package io.mcpaccess.openfga.embedded.evaluation;

/**
 * What users, objects and relations look like (OpenFGA, package tuple, and the length limits of its API). Written
 * without regular expressions, as every check passes here.
 */
final class Syntax {

    private static final int MAX_USER = 512;
    private static final int MAX_OBJECT = 256;
    private static final int MAX_RELATION = 50;

    private Syntax() {}

    /** {@code type:id}, where the id may be {@code *}. */
    static boolean isObject(String text) {
        int colon = text.indexOf(':');
        return text.length() <= MAX_USER
                && isName(text, 0, colon, false)
                && isName(text, colon + 1, text.length(), false);
    }

    static boolean isTarget(String text) {
        return text.length() <= MAX_OBJECT && isObject(text);
    }

    /** {@code type:id#relation}. */
    static boolean isUserset(String text) {
        int colon = text.indexOf(':');
        int hash = text.indexOf('#');
        return text.length() <= MAX_USER
                && isName(text, 0, colon, false)
                && isName(text, colon + 1, hash, true)
                && isName(text, hash + 1, text.length(), true);
    }

    static boolean isUser(String text) {
        return isObject(text)
                || isUserset(text)
                || (text.length() <= MAX_USER && isName(text, 0, text.length(), false));
    }

    static boolean isRelation(String text) {
        return text.length() <= MAX_RELATION && text.indexOf('@') < 0 && isName(text, 0, text.length(), false);
    }

    static boolean hasControls(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isName(String text, int from, int to, boolean withoutStar) {
        if (from >= to) {
            return false;
        }
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c == ':' || c == '#' || c == ' ' || (withoutStar && c == '*') || Character.isISOControl(c)) {
                return false;
            }
        }
        return true;
    }
}
