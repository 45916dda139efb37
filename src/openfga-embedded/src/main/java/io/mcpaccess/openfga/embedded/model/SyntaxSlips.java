package io.mcpaccess.openfga.embedded.model;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The usual slips of who writes a model, by their names. */
final class SyntaxSlips {

    private static final Pattern OPERATOR = Pattern.compile("\\b(or|and|but not)\\b");
    private static final Pattern OTHER_OPERATOR = Pattern.compile("(?i)or|and|\\|+|&+|,|but|not|with");
    private static final int LONGEST_SHOWN = 20;

    private SyntaxSlips() {}

    /**
     * A word that the grammar has no place for.
     *
     * @param message what the parser says
     * @param before the line up to the word
     * @param rest the line from the word on
     * @param word the word
     * @return what was meant, as far as that can be told
     */
    static Optional<String> of(ParserMessage message, String before, String rest, String word) {
        if (rest.startsWith("#") || rest.startsWith("//")) {
            return Optional.of("a comment begins with \"#\" and has a space before it");
        }
        int colon = before.indexOf(':');
        if (!isRule(before) || colon < 0) {
            return Optional.empty();
        }
        String rule = before.substring(colon + 1);
        if (rule.lastIndexOf('[') > rule.lastIndexOf(']')) {
            return rule.strip().endsWith(" with")
                    ? Optional.of("the name of a condition is expected behind \"with\"")
                    : Optional.empty();
        }
        if (rest.startsWith("[") && !rule.isBlank()) {
            return Optional.of("the types in [...] stand once in a rule, before all else");
        }
        return message.expected().contains("IDENTIFIER") ? Optional.empty() : afterRelation(rule, rest, word);
    }

    private static Optional<String> afterRelation(String rule, String rest, String word) {
        Matcher next = OPERATOR.matcher(rest);
        Matcher first = OPERATOR.matcher(rule);
        if (next.lookingAt() && first.find()) {
            return Optional.of("\"" + first.group(1) + "\" and \"" + next.group(1)
                    + "\" stand side by side: put what belongs together in brackets, as in (a or b) and c");
        }
        if (word.equals("define")) {
            return Optional.of("each \"define\" has a line of its own");
        }
        if (OTHER_OPERATOR.matcher(word).matches() || rule.strip().equals("not")) {
            return Optional.of((rule.strip().equals("not") ? "\"not\"" : SyntaxWording.shown(word))
                    + " does not join relations: write \"or\", \"and\" or \"but not\" between them");
        }
        boolean isName = Character.isLetter(word.codePointAt(0)) && !rule.isBlank();
        return isName
                ? Optional.of(SyntaxWording.shown(word)
                        + " stands where \"or\", \"and\", \"but not\" or the end of the line is expected")
                : Optional.empty();
    }

    /**
     * Characters that are no word of the language.
     *
     * @param rest the line from them on
     * @param before the line up to them
     * @return what is wrong
     */
    static String unreadable(String rest, String before) {
        int character = rest.codePointAt(0);
        String shown = SyntaxWording.shown(Character.toString(character));
        if (before.strip().startsWith("condition")) {
            return shown + " has no place here: a condition begins like condition name(x: int, y: string) {";
        }
        if (!isRule(before)) {
            if (character == '\'' || character == '"') {
                return "the quotation mark here is not closed on its line, or the text has an escape that there is not";
            }
            if (character == '=') {
                return "\"=\" compares nothing: write \"==\"";
            }
            if (character == '&' || character == '|') {
                return shown + " stands alone: write \"&&\" for and, \"||\" for or";
            }
        }
        boolean isWorthShowing = shown.startsWith("\"") && rest.length() > 1 && rest.length() <= LONGEST_SHOWN;
        return shown + " is no character of the modelling language"
                + (isWorthShowing ? "; it begins " + SyntaxWording.shown(rest.strip()) : "");
    }

    private static boolean isRule(String before) {
        return before.strip().startsWith("define");
    }
}
