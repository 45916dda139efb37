package io.mcpaccess.openfga.embedded.condition;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The operands of the outermost {@code &&} of an expression, found by brackets and quotes alone. */
final class Conjunction {

    private Conjunction() {}

    static List<String> operands(String expression) {
        List<String> operands = new ArrayList<>();
        int depth = 0;
        int start = 0;
        char quote = 0;
        for (int i = 0; i < expression.length(); i++) {
            char c = expression.charAt(i);
            if (quote != 0) {
                if (c == '\\') {
                    i++;
                } else if (c == quote) {
                    quote = 0;
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '(' || c == '[' || c == '{') {
                depth++;
            } else if (c == ')' || c == ']' || c == '}') {
                depth--;
            } else if (depth == 0 && (expression.startsWith("||", i) || c == '?')) {
                return List.of(expression);
            } else if (depth == 0 && expression.startsWith("&&", i)) {
                operands.add(expression.substring(start, i).strip());
                start = i + 2;
                i++;
            }
        }
        operands.add(expression.substring(start).strip());
        return operands;
    }

    static boolean names(String expression, String parameter) {
        return Pattern.compile("(?<![\\w.])" + Pattern.quote(parameter) + "(?!\\w)")
                .matcher(expression)
                .find();
    }
}
