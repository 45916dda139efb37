package io.mcpaccess.openfga.embedded.condition;

import io.mcpaccess.openfga.embedded.condition.cel.ParameterType;
import io.mcpaccess.openfga.embedded.problem.InvalidModelException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A condition with a context.
 *
 * @param parameters the types of its parameters by name, as the modelling language writes them
 * @param expression the expression
 * @param context the context of the request, as a JSON parser gives it
 */
record ConditionCase(Map<String, String> parameters, String expression, Map<String, Object> context) {

    static final String REFUSED = "MODEL_REFUSED";
    static final String ERROR = "ERROR";

    /** From {@code x: int, l: list<string>}. */
    static Map<String, String> parameters(String text) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String each : text.split(",")) {
            String[] parts = each.split(":");
            parameters.put(parts[0].strip(), parts[1].strip());
        }
        return parameters;
    }

    /** What the embedded engine makes of it: {@code true}, {@code false}, ERROR or MODEL_REFUSED. */
    String answer() {
        Map<String, ParameterType> types = new LinkedHashMap<>();
        parameters.forEach((name, type) -> types.put(name, type(type)));
        CompiledCondition condition;
        try {
            condition = CompiledCondition.compile(new ConditionDefinition("ok", expression, types));
        } catch (InvalidModelException e) {
            return REFUSED;
        }
        ConditionOutcome outcome = condition.evaluate(context, Map.of());
        if (outcome instanceof ConditionOutcome.Undecided) {
            return ERROR;
        }
        return String.valueOf(outcome instanceof ConditionOutcome.Met);
    }

    private static ParameterType type(String text) {
        int bracket = text.indexOf('<');
        String kind = bracket < 0 ? text : text.substring(0, bracket);
        return new ParameterType(
                ParameterType.Kind.valueOf(kind.toUpperCase(Locale.ROOT)),
                bracket < 0 ? Optional.empty() : Optional.of(type(text.substring(bracket + 1, text.length() - 1))));
    }
}
