package io.mcpaccess.engine.embedded.evaluation;

import java.util.regex.Pattern;

/** What users, objects and relations look like (OpenFGA, package tuple, and the length limits of its API). */
final class Syntax {

    private static final Pattern OBJECT = Pattern.compile("[^:# ]+:[^:# ]+");
    private static final Pattern USER_ID = Pattern.compile("[^:# ]+");
    private static final Pattern RELATION = Pattern.compile("[^:#@ ]{1,50}");
    private static final Pattern USERSET = Pattern.compile("[^:# ]+:[^:#* ]+#[^:#* ]+");
    private static final int MAX_USER = 512;
    private static final int MAX_OBJECT = 256;

    private Syntax() {}

    static boolean isObject(String text) {
        return text.length() <= MAX_USER
                && !hasControls(text)
                && OBJECT.matcher(text).matches();
    }

    static boolean isTarget(String text) {
        return text.length() <= MAX_OBJECT && isObject(text);
    }

    static boolean isUserset(String text) {
        return text.length() <= MAX_USER
                && !hasControls(text)
                && USERSET.matcher(text).matches();
    }

    static boolean isUser(String text) {
        return isObject(text)
                || isUserset(text)
                || (text.length() <= MAX_USER
                        && !hasControls(text)
                        && USER_ID.matcher(text).matches());
    }

    static boolean isRelation(String text) {
        return !hasControls(text) && RELATION.matcher(text).matches();
    }

    static boolean hasControls(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }
}
