package io.mcpaccess.openfga.embedded.model;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A message of the parser behind the language library, taken apart.
 *
 * @param kind what happened
 * @param met the text that it happened at
 * @param expected what the grammar has there instead, by the parser's names; empty where it does not say
 */
record ParserMessage(Kind kind, String met, List<String> expected) {

    private static final String END = "<EOF>";
    private static final Pattern UNREADABLE = Pattern.compile("(?s)token recognition error at: '(.*)'");
    private static final Pattern NO_WAY = Pattern.compile("(?s)no viable alternative at input '(.*)'");
    private static final Pattern MISSING = Pattern.compile("(?s)missing (.+) at '(.*)'");
    private static final Pattern OTHER = Pattern.compile("(?s)(?:mismatched|extraneous) input '(.*)' expecting (.+)");

    /** What the parser had to say. */
    enum Kind {
        /** Characters that are no word of the language. */
        UNREADABLE,
        /** No rule of the grammar goes on here. */
        NO_WAY,
        /** Another word than those of the grammar. */
        OTHER_WORD
    }

    /**
     * Takes a message apart.
     *
     * @param message of the language library
     * @return empty where it is not the parser's
     */
    static Optional<ParserMessage> of(String message) {
        Matcher unreadable = UNREADABLE.matcher(message);
        if (unreadable.matches()) {
            return Optional.of(new ParserMessage(Kind.UNREADABLE, written(unreadable.group(1)), List.of()));
        }
        Matcher none = NO_WAY.matcher(message);
        if (none.matches()) {
            return Optional.of(new ParserMessage(Kind.NO_WAY, written(none.group(1)), List.of()));
        }
        Matcher missing = MISSING.matcher(message);
        if (missing.matches()) {
            return Optional.of(new ParserMessage(Kind.OTHER_WORD, written(missing.group(2)), tokens(missing.group(1))));
        }
        Matcher other = OTHER.matcher(message);
        if (other.matches()) {
            return Optional.of(new ParserMessage(Kind.OTHER_WORD, written(other.group(1)), tokens(other.group(2))));
        }
        return Optional.empty();
    }

    /** Whether the text ends where more is expected. */
    boolean isAtEnd() {
        return met.endsWith(END);
    }

    private static List<String> tokens(String set) {
        String inner = set.startsWith("{") ? set.substring(1, set.length() - 1) : set;
        // A comma may itself be expected: ', ' between quotes ends no token.
        return Stream.of(inner.split(", (?=['A-Z<])")).map(String::strip).toList();
    }

    private static String written(String met) {
        return met.replace("\\n", "\n").replace("\\r", "").replace("\\t", "\t");
    }
}
