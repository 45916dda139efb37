package io.mcpaccess.openfga.embedded.model;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Says what the grammar expects without the names that the parser has for it. */
final class ExpectedWords {

    /** Words that are names as well: where a name may stand they are not worth a mention. */
    private static final Set<String> ALSO_NAMES = Set.of(
            "'module'",
            "'model'",
            "'schema'",
            "'extend'",
            "'type'",
            "'relation'",
            "EXTENDED_IDENTIFIER",
            "'relations'");

    private static final Set<String> ROOM = Set.of("WHITESPACE", "NEWLINE", "'#'", "<EOF>");

    private ExpectedWords() {}

    /**
     * As in "is expected".
     *
     * @param tokens the parser's names
     * @return such as {@code a name or "["}; never empty
     */
    static String of(List<String> tokens) {
        Set<String> words = new LinkedHashSet<>();
        boolean isName = tokens.contains("IDENTIFIER");
        for (String token : tokens) {
            if (!ROOM.contains(token) && !(isName && ALSO_NAMES.contains(token))) {
                words.add(word(token));
            }
        }
        if (tokens.equals(List.of("<EOF>"))) {
            return "the end of the model (all types stand before the conditions)";
        }
        if (words.isEmpty()) {
            return tokens.contains("WHITESPACE") ? "a space" : "the end of the line";
        }
        List<String> all = List.copyOf(words);
        return all.size() == 1
                ? all.get(0)
                : String.join(", ", all.subList(0, all.size() - 1)) + " or " + all.get(all.size() - 1);
    }

    private static String word(String token) {
        return switch (token) {
            case "IDENTIFIER" -> "a name";
            case "SCHEMA_VERSION" -> "its version, 1.1 or 1.2,";
            case "CONDITION_PARAM_TYPE" ->
                "a type (any, bool, string, int, uint, double, duration, timestamp, ipaddress)";
            case "CONDITION_PARAM_CONTAINER" -> "map<TYPE>, list<TYPE>";
            default -> token.startsWith("'") ? "\"" + token.substring(1, token.length() - 1) + "\"" : "something else";
        };
    }
}
