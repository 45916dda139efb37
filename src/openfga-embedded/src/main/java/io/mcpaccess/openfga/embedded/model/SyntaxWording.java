package io.mcpaccess.openfga.embedded.model;

import io.mcpaccess.openfga.embedded.problem.InvalidModelException.Fault;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells a fault of the grammar: where it is, what stands there and what is expected. */
final class SyntaxWording {

    private static final Pattern WORD = Pattern.compile("\\s*([\\w.-]+|\\S)(?s:.*)");
    private static final Set<String> BEGINNINGS = Set.of("type", "condition", "extend");
    private static final Pattern USER = Pattern.compile("[\\w-]+[:#].*");

    private SyntaxWording() {}

    static Fault of(ParserMessage message, int line, int column, List<String> lines) {
        String text = line >= 1 && line <= lines.size() ? lines.get(line - 1) : "";
        int start = Math.min(Math.max(column - 1, 0), text.length());
        String rest = text.substring(start);
        int blanks = rest.length() - rest.stripLeading().length();
        String before = text.substring(0, start);
        if (message.isAtEnd() && lines.stream().allMatch(each -> each.isBlank() || isComment(each))) {
            return new Fault(
                    1, 1, "there is no model here: it begins with \"model\", and \"schema 1.1\" on a line below");
        }
        if (message.kind() == ParserMessage.Kind.NO_WAY) {
            return noWay(message, line, lines, new Fault(line, column + blanks, ""));
        }
        if (rest.isBlank()) {
            boolean isAnyLine = message.isAtEnd() && message.expected().equals(List.of("NEWLINE"));
            return new Fault(
                    line,
                    column,
                    (message.isAtEnd() ? "the model ends" : "the line ends") + " where "
                            + (isAnyLine ? "one more line" : ExpectedWords.of(message.expected())) + " is expected");
        }
        Matcher next = WORD.matcher(rest);
        boolean isWhole = !message.met().isBlank() && rest.startsWith(message.met());
        String word = isWhole ? message.met() : next.matches() ? next.group(1) : rest.strip();
        int at = column + blanks;
        if (message.kind() == ParserMessage.Kind.UNREADABLE) {
            return new Fault(line, at, SyntaxSlips.unreadable(rest.stripLeading(), before));
        }
        return new Fault(
                line,
                at,
                SyntaxSlips.of(message, before, rest.stripLeading(), word)
                        .orElseGet(() -> shown(word) + " stands where " + ExpectedWords.of(message.expected())
                                + " is expected"));
    }

    /** The parser gave up at a word; what may stand there is told by how far in it is. */
    private static Fault noWay(ParserMessage message, int line, List<String> lines, Fault place) {
        String met = message.met().strip();
        if (USER.matcher(met).matches()) {
            return new Fault(
                    line,
                    place.column(),
                    shown(met.replaceAll("[\\],)].*", ""))
                            + " names no type of user: write user, user:* or group#member");
        }
        // The fault of a line break is told at the word behind it.
        int number = line;
        while (message.met().contains("\n")
                && number <= lines.size()
                && (number == 0 || !lines.get(number - 1).strip().startsWith(met) || met.isEmpty())) {
            number++;
        }
        if (number > lines.size()) {
            number = line;
        }
        String text = number >= 1 && number <= lines.size() ? lines.get(number - 1) : "";
        int indent = text.length() - text.stripLeading().length();
        Matcher first = WORD.matcher(text);
        String word = first.matches() ? first.group(1) : "";
        if (word.isEmpty()) {
            return new Fault(number, indent + 1, "a definition is not complete here");
        }
        if (BEGINNINGS.contains(word)) {
            return new Fault(
                    number, indent + 1, "a line with \"define\" is expected below \"relations\", before this one");
        }
        if (word.equals("define")) {
            return new Fault(
                    number, indent + 1, "a line \"relations\" is expected above the first \"define\" of a type");
        }
        return new Fault(
                number,
                indent + 1,
                shown(word) + " stands where "
                        + (indent == 0
                                ? "\"type\" or \"condition\" is expected, or in a module \"extend type\""
                                : "\"relations\" or \"define\" is expected"));
    }

    private static boolean isComment(String line) {
        return line.strip().startsWith("#");
    }

    /** A word between quotes, or the number of a character that nobody can see. */
    static String shown(String word) {
        int first = word.codePointAt(0);
        return Character.isISOControl(first)
                        || Character.isSpaceChar(first)
                        || Character.getType(first) == Character.FORMAT
                ? String.format("the character U+%04X", first)
                : word.contains("\"") ? "'" + word + "'" : "\"" + word + "\"";
    }
}
