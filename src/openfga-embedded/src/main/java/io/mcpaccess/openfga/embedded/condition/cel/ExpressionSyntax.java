package io.mcpaccess.openfga.embedded.condition.cel;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.projectnessie.cel.parser.gen.CELLexer;
import org.projectnessie.cel.parser.gen.CELParser;
import org.projectnessie.cel.shaded.org.antlr.v4.runtime.BaseErrorListener;
import org.projectnessie.cel.shaded.org.antlr.v4.runtime.CharStreams;
import org.projectnessie.cel.shaded.org.antlr.v4.runtime.CommonTokenStream;
import org.projectnessie.cel.shaded.org.antlr.v4.runtime.RecognitionException;
import org.projectnessie.cel.shaded.org.antlr.v4.runtime.Recognizer;
import org.projectnessie.cel.shaded.org.antlr.v4.runtime.Token;

/**
 * Refuses what the grammar of expressions has no place for, before the library reads it: the library writes such faults to
 * the standard error of the process, and in the words of its parser.
 */
final class ExpressionSyntax extends BaseErrorListener {

    private static final Set<String> CLOSING = Set.of("')'", "']'", "'}'", "','", "':'");
    private static final int LONGEST_SHOWN = 30;

    private ExpressionSyntax() {}

    /**
     * Reads an expression.
     *
     * @param expression the expression
     * @throws InvalidExpressionException at the first fault
     */
    static void check(String expression) {
        CELLexer lexer = new CELLexer(CharStreams.fromString(expression));
        CELParser parser = new CELParser(new CommonTokenStream(lexer));
        ExpressionSyntax listener = new ExpressionSyntax();
        lexer.removeErrorListeners();
        lexer.addErrorListener(listener);
        parser.removeErrorListeners();
        parser.addErrorListener(listener);
        parser.start();
    }

    @Override
    public void syntaxError(
            Recognizer<?, ?> recognizer, Object met, int line, int column, String message, RecognitionException e) {
        if (recognizer instanceof CELParser parser && met instanceof Token token) {
            throw new InvalidExpressionException(line, column + 1, words(token, parser));
        }
        String text = message.replaceFirst("(?s)token recognition error at: '(.*)'", "$1");
        throw new InvalidExpressionException(line, column + 1, unreadable(text));
    }

    private static String words(Token met, CELParser parser) {
        Set<String> expected = new TreeSet<>();
        for (int type : parser.getExpectedTokens().toList()) {
            expected.add(parser.getVocabulary().getDisplayName(type));
        }
        String wanted = wanted(expected);
        if (met.getType() == Token.EOF) {
            return "the expression ends where " + wanted + " is expected";
        }
        String text = met.getText();
        String instead = switch (text) {
            case "and", "AND" -> "; and is written \"&&\"";
            case "or", "OR" -> "; or is written \"||\"";
            default -> "";
        };
        return "\"" + (text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "..." : text)
                + "\" stands where " + wanted + " is expected" + instead;
    }

    private static String wanted(Set<String> expected) {
        if (expected.contains("NUM_INT")) {
            return "a value";
        }
        if (expected.equals(Set.of("IDENTIFIER"))) {
            return "a name";
        }
        List<String> closing = expected.stream()
                .filter(CLOSING::contains)
                .map(token -> token.replace('\'', '"'))
                .toList();
        String operator = expected.contains("'=='") ? "an operator" : "";
        if (closing.isEmpty()) {
            return "an operator or the end of the expression";
        }
        return (operator.isEmpty() ? "" : operator + ", ") + String.join(" or ", closing);
    }

    private static String unreadable(String text) {
        int first = text.isEmpty() ? ' ' : text.codePointAt(0);
        if (first == '\'' || first == '"') {
            return "a text is not closed, or has an escape that there is not";
        }
        return (Character.isISOControl(first) || Character.isSpaceChar(first)
                        ? String.format("the character U+%04X", first)
                        : "\"" + Character.toString(first) + "\"")
                + " is no part of an expression"
                + (first == '=' ? ": what is equal is written \"==\"" : "")
                + (first == '&' || first == '|' ? ": and is written \"&&\", or \"||\"" : "");
    }
}
