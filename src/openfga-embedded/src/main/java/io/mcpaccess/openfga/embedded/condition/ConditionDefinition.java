package io.mcpaccess.openfga.embedded.condition;

import io.mcpaccess.openfga.embedded.condition.cel.ParameterType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A condition of an authorization model.
 *
 * @param name the condition's name
 * @param expression an expression of the Common Expression Language that gives a bool
 * @param parameters the types of its parameters by name, in the order of the source
 */
public record ConditionDefinition(String name, String expression, Map<String, ParameterType> parameters) {

    public ConditionDefinition {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(expression, "expression");
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }
}
