package io.mcpaccess.openfga.embedded.condition.cel;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.projectnessie.cel.common.CELError;

/** Says in our words what the parser and the type checker found. */
final class Faults {

    private static final Pattern UNKNOWN = Pattern.compile("undeclared reference to '([^']*)'.*", Pattern.DOTALL);
    private static final Pattern OPERATOR =
            Pattern.compile("found no matching overload for '([^']*)' applied to '(.*)'", Pattern.DOTALL);
    private static final Pattern MISMATCH =
            Pattern.compile("expected type '([^']*)' but found '([^']*)'", Pattern.DOTALL);
    private static final Pattern RANGE =
            Pattern.compile("expression of type '(.*)' cannot be range of a comprehension.*", Pattern.DOTALL);
    private static final Pattern SELECTION =
            Pattern.compile("type '(.*)' does not support field selection", Pattern.DOTALL);

    private static final Pattern LITERAL = Pattern.compile("invalid (int|uint|double) literal", Pattern.DOTALL);
    private static final Pattern RESERVED = Pattern.compile("reserved identifier: (.*)", Pattern.DOTALL);

    private Faults() {}

    static InvalidExpressionException of(List<CELError> errors) {
        CELError first = errors.get(0);
        return new InvalidExpressionException(
                first.getLocation().line(), first.getLocation().column() + 1, inOurWords(first.getMessage()));
    }

    private static String inOurWords(String message) {
        Matcher unknown = UNKNOWN.matcher(message);
        if (unknown.matches()) {
            return "'" + unknown.group(1) + "' is neither a parameter of the condition nor a function";
        }
        Matcher operator = OPERATOR.matcher(message);
        if (operator.matches()) {
            return "'" + plain(operator.group(1)) + "' does not take " + operator.group(2);
        }
        Matcher mismatch = MISMATCH.matcher(message);
        if (mismatch.matches()) {
            return "a " + mismatch.group(1) + " is needed, and this is a " + mismatch.group(2);
        }
        Matcher range = RANGE.matcher(message);
        if (range.matches()) {
            return "there are no items to go through in a value of the type " + range.group(1);
        }
        Matcher selection = SELECTION.matcher(message);
        if (selection.matches()) {
            return "nothing can be selected from a value of the type " + selection.group(1);
        }
        Matcher literal = LITERAL.matcher(message);
        if (literal.matches()) {
            return "this number is no " + literal.group(1) + ", or too large for one";
        }
        Matcher reserved = RESERVED.matcher(message);
        if (reserved.matches()) {
            return "'" + reserved.group(1) + "' is a word of the language and can be no name";
        }
        if (message.startsWith("invalid argument to has()")) {
            return "has() takes a selection, as in has(map.key)";
        }
        if (message.startsWith("argument must be a simple name")
                || message.startsWith("argument is not an identifier")) {
            return "the first argument is a new name for each item, as in list.all(item, item > 1)";
        }
        return "this is no expression of the Common Expression Language";
    }

    /** The operator as it is written; the parser calls {@code ==} {@code _==_}. */
    private static String plain(String function) {
        return function.matches("[a-zA-Z].*")
                ? function
                : function.replace("_", "").replace("@", "");
    }
}
