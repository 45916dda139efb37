package io.mcpaccess.openfga.embedded.condition.cel;

import com.google.re2j.PatternSyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Go's RE2 says of a pattern and the library does not: groups are named as {@code (?<name>…)} too, and two may have one
 * name; a brace that begins no repetition stands for itself; letters beyond ASCII have no escapes; repetitions inside
 * repetitions come to 1000 at most.
 */
final class PatternRules {

    private static final String QUOTE_START = "\\Q";
    private static final String QUOTE_END = "\\E";
    private static final Pattern NAME = Pattern.compile("\\(\\?P?<(\\w*)>");
    private static final Pattern REPETITION = Pattern.compile("\\{(\\d{1,4})(?:(,)(\\d{1,4})?)?}");
    private static final int MOST = 1000;
    private static final int ASCII = 0x80;

    private static final Pattern HEXADECIMAL = Pattern.compile("\\\\x\\{?([0-9a-fA-F]{1,6})}?");
    private static final Pattern FOLDING = Pattern.compile("\\(\\?[a-zA-Z]*i");
    /** Old Cyrillic forms: the library never comes to the end of their upper and lower cases, and hangs. */
    private static final int UNFOLDABLE_FIRST = 0x1C80;

    private static final int UNFOLDABLE_LAST = 0x1C88;

    private final String pattern;
    private final boolean foldsCase;
    private final StringBuilder known = new StringBuilder();
    /** For each open group how often the most repeated part of it is repeated. */
    private final Deque<Integer> groups = new ArrayDeque<>();

    private int most = 1;
    private int last = 1;
    private int at;

    private PatternRules(String pattern) {
        this.pattern = pattern;
        this.foldsCase = FOLDING.matcher(pattern).find();
    }

    /** The pattern as the library has to be given it. Throws PatternSyntaxException. */
    static String translated(String pattern) {
        PatternRules rules = new PatternRules(pattern);
        while (rules.at < pattern.length()) {
            rules.step();
        }
        return rules.known.toString();
    }

    private void step() {
        char c = pattern.charAt(at);
        Matcher repetition = REPETITION.matcher(pattern).region(at, pattern.length());
        if (pattern.startsWith(QUOTE_START, at)) {
            int close = pattern.indexOf(QUOTE_END, at);
            int end = close < 0 ? pattern.length() : close + QUOTE_END.length();
            pattern.substring(at, end).codePoints().forEach(this::refuseUnfoldable);
            part(end - at, 1);
        } else if (c == '\\') {
            escape();
        } else if (c == '[') {
            characters();
        } else if (c == '(') {
            open();
        } else if (c == ')') {
            int inside = most;
            most = groups.isEmpty() ? 1 : groups.pop();
            part(1, inside);
        } else if (c == '{' && repetition.lookingAt()) {
            repeat(repetition);
        } else if (c == '{') {
            known.append('\\');
            part(1, 1);
        } else if (c == '*' || c == '+' || c == '?') {
            copy(1);
        } else {
            refuseUnfoldable(pattern.codePointAt(at));
            part(Character.charCount(pattern.codePointAt(at)), 1);
        }
    }

    private void escape() {
        refuseUnfoldable(codePoint(at, escapeEnd(at)));
        part(escapeEnd(at) - at, 1);
    }

    /** The end of an escape; those with braces have a name or number in them. */
    private int escapeEnd(int start) {
        if (start + 1 >= pattern.length()) {
            return pattern.length();
        }
        char kind = pattern.charAt(start + 1);
        if (kind >= ASCII) {
            throw new PatternSyntaxException("an escape of a character beyond ASCII");
        }
        if ((kind == 'p' || kind == 'P' || kind == 'x') && pattern.startsWith("{", start + 2)) {
            int close = pattern.indexOf('}', start);
            return close < 0 ? pattern.length() : close + 1;
        }
        return kind == 'x' ? Math.min(start + 4, pattern.length()) : start + 2;
    }

    /** The character that a part of the pattern stands for; -1 where it is none or not known. */
    private int codePoint(int start, int end) {
        String text = pattern.substring(start, end);
        if (!text.startsWith("\\")) {
            return text.codePointAt(0);
        }
        Matcher hexadecimal = HEXADECIMAL.matcher(text);
        return hexadecimal.matches() ? Integer.parseInt(hexadecimal.group(1), 16) : -1;
    }

    private void refuseUnfoldable(int character) {
        if (foldsCase && character >= UNFOLDABLE_FIRST && character <= UNFOLDABLE_LAST) {
            throw new PatternSyntaxException("a letter whose case the library cannot fold");
        }
    }

    private void open() {
        groups.push(most);
        most = 1;
        Matcher name = NAME.matcher(pattern).region(at, pattern.length());
        if (!name.lookingAt()) {
            copy(1);
        } else if (name.group(1).isEmpty()) {
            throw new PatternSyntaxException("a group with an empty name");
        } else {
            known.append('(');
            at = name.end();
        }
    }

    private void repeat(Matcher repetition) {
        int least = Integer.parseInt(repetition.group(1));
        boolean isOpen = repetition.group(2) != null && repetition.group(3) == null;
        int highest = repetition.group(3) == null ? least : Integer.parseInt(repetition.group(3));
        int times = isOpen ? least : highest;
        if (times >= 2 && times * last > MOST) {
            throw new PatternSyntaxException("a repetition of more than " + MOST);
        }
        last = times == 0 ? 1 : times * last;
        most = Math.max(most, last);
        copy(repetition.end() - at);
    }

    private void part(int length, int repeated) {
        last = repeated;
        most = Math.max(most, repeated);
        copy(length);
    }

    /** A class; a bracket right behind its start stands for itself. */
    private void characters() {
        copy(pattern.startsWith("^", at + 1) ? 2 : 1);
        boolean isFirst = true;
        while (at < pattern.length() && (isFirst || pattern.charAt(at) != ']')) {
            isFirst = false;
            int end = itemEnd(at);
            int to = end + 1 < pattern.length() && pattern.charAt(end) == '-' && pattern.charAt(end + 1) != ']'
                    ? itemEnd(end + 1)
                    : end;
            int low = codePoint(at, end);
            int high = to > end ? codePoint(end + 1, to) : low;
            if (foldsCase && low >= 0 && low < UNFOLDABLE_FIRST && high > UNFOLDABLE_LAST) {
                // Leaving the letters out of the range would let a negated class, or a negated answer, have them.
                throw new PatternSyntaxException("a range with letters whose case the library cannot fold");
            }
            refuseUnfoldable(low);
            refuseUnfoldable(high);
            copy(to - at);
        }
        part(Math.min(1, pattern.length() - at), 1);
    }

    private int itemEnd(int start) {
        int named = pattern.startsWith("[:", start) ? pattern.indexOf(":]", start + 2) : -1;
        if (named >= 0) {
            return named + 2;
        }
        return pattern.charAt(start) == '\\'
                ? escapeEnd(start)
                : start + Character.charCount(pattern.codePointAt(start));
    }

    private void copy(int length) {
        known.append(pattern, at, at + length);
        at += length;
    }
}
