package io.mcpaccess.openfga.embedded.snapshot;

import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.embedded.condition.ConditionDefinition;
import io.mcpaccess.openfga.embedded.evaluation.ModelPlan;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A tuple's condition in words: its expression with the values that are kept with the tuple put in. */
final class ConditionWords {

    private static final Pattern WORD = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'|[A-Za-z_]\\w*");
    private static final int LONGEST = 200;

    private ConditionWords() {}

    static String of(ModelPlan plan, StoredTuple.Condition condition) {
        if (plan.condition(condition.name()) == null) {
            return condition.name();
        }
        ConditionDefinition definition = plan.condition(condition.name()).definition();
        Map<String, Object> values = condition.context();
        Matcher words = WORD.matcher(definition.expression().strip().replaceAll("\\s+", " "));
        StringBuilder text = new StringBuilder();
        while (words.find()) {
            String word = words.group();
            boolean isValue = values.containsKey(word) && !isMember(text);
            words.appendReplacement(text, Matcher.quoteReplacement(isValue ? text(values.get(word)) : word));
        }
        words.appendTail(text);
        return text.length() <= LONGEST ? text.toString() : text.substring(0, LONGEST) + " …";
    }

    /** What stands behind a dot is a member or a function, whatever its name. */
    private static boolean isMember(StringBuilder before) {
        return !before.isEmpty() && before.charAt(before.length() - 1) == '.';
    }

    private static String text(Object value) {
        if (value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15) {
            return String.valueOf(number.longValue());
        }
        return String.valueOf(value);
    }
}
