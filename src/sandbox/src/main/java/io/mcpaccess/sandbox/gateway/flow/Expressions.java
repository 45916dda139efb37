package io.mcpaccess.sandbox.gateway.flow;

import io.gravitee.gateway.api.ExecutionContext;
import java.util.Map;
import org.springframework.context.expression.MapAccessor;
import org.springframework.expression.Expression;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.expression.spel.support.DataBindingPropertyAccessor;
import org.springframework.expression.spel.support.SimpleEvaluationContext;

/**
 * Expressions of gravitee's language as far as conditions and custom claims use them: {@code {#context.attributes['x']}} over Spring's
 * expression language, without types, constructors or methods that write. Text without braces stands for itself.
 */
public final class Expressions {
    private static final SpelExpressionParser PARSER = new SpelExpressionParser();

    private Expressions() {}

    /**
     * Evaluates an expression.
     *
     * @param text the expression
     * @param context the run's context
     * @return its value, may be null
     * @throws org.springframework.expression.ExpressionException where it cannot be evaluated
     */
    public static Object value(String text, ExecutionContext context) {
        String trimmed = text.trim();
        if (!trimmed.startsWith("{#") || !trimmed.endsWith("}")) {
            return text;
        }
        SimpleEvaluationContext evaluation = SimpleEvaluationContext.forPropertyAccessors(
                        new MapAccessor(), DataBindingPropertyAccessor.forReadOnlyAccess())
                .withInstanceMethods()
                .build();
        evaluation.setVariable("context", Map.of("attributes", context.getAttributes()));
        Expression expression = PARSER.parseExpression(trimmed.substring(1, trimmed.length() - 1));
        return expression.getValue(evaluation);
    }
}
