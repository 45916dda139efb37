package io.mcpaccess.openfga.embedded.condition;

import io.mcpaccess.openfga.embedded.condition.cel.EvaluationException;
import io.mcpaccess.openfga.embedded.condition.cel.InvalidExpressionException;
import io.mcpaccess.openfga.embedded.condition.cel.Language;
import io.mcpaccess.openfga.embedded.condition.cel.ParameterType;
import io.mcpaccess.openfga.embedded.condition.cel.Program;
import io.mcpaccess.openfga.embedded.problem.InvalidModelException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A condition of a model, ready to be evaluated.
 *
 * <p>Thread-safe: one program serves any number of threads.
 */
public final class CompiledCondition {

    /** OpenFGA's {@code maxConditionEvaluationCost}, as it is unless a server sets another. */
    private static final long COST_LIMIT = 100;

    private final ConditionDefinition definition;
    private final Program program;

    private CompiledCondition(ConditionDefinition definition, Program program) {
        this.definition = definition;
        this.program = program;
    }

    /**
     * Compiles a condition.
     *
     * @param definition the condition
     * @return the compiled condition
     * @throws InvalidModelException when the expression is none, or gives something other than a bool
     */
    public static CompiledCondition compile(ConditionDefinition definition) {
        try {
            return new CompiledCondition(
                    definition, Language.compile(definition.expression(), definition.parameters(), COST_LIMIT));
        } catch (InvalidExpressionException e) {
            throw new InvalidModelException("in condition '" + definition.name() + "': " + e.getMessage());
        }
    }

    /**
     * Looks for what is wrong with a condition's expression.
     *
     * @param definition the condition
     * @return the first fault, by its place in the expression; empty where it compiles
     */
    public static Optional<ExpressionFault> fault(ConditionDefinition definition) {
        try {
            Language.compile(definition.expression(), definition.parameters(), COST_LIMIT);
            return Optional.empty();
        } catch (InvalidExpressionException e) {
            return Optional.of(new ExpressionFault(e.line(), e.column(), e.reason()));
        }
    }

    /**
     * The condition as the model has it.
     *
     * @return never null
     */
    public ConditionDefinition definition() {
        return definition;
    }

    /**
     * Checks a context that is to be stored with a tuple: every value fits its parameter, and there is no other.
     *
     * @param context the context
     * @throws ParameterTypeException when it does not fit
     */
    public void validateStored(Map<String, Object> context) {
        Map<String, Object> typed = typed(context);
        for (String key : context.keySet()) {
            if (!typed.containsKey(key)) {
                throw new ParameterTypeException(key, "found invalid context parameter: " + key);
            }
        }
    }

    /**
     * Evaluates the condition.
     *
     * @param request the context of the request; members that are no parameters are ignored
     * @param stored the context kept with the tuple, which wins
     * @return what came of it; an error of any kind is {@link ConditionOutcome.Undecided}
     */
    public ConditionOutcome evaluate(Map<String, Object> request, Map<String, Object> stored) {
        Map<String, Object> merged = request;
        if (!stored.isEmpty()) {
            merged = new HashMap<>(request);
            merged.putAll(stored);
        }
        Map<String, Object> typed;
        try {
            typed = typed(merged);
        } catch (ParameterTypeException e) {
            return new ConditionOutcome.Undecided(
                    e.getMessage(), e.parameter().isEmpty() ? List.of() : List.of(e.parameter()));
        }
        List<String> missing = new ArrayList<>(definition.parameters().keySet());
        missing.removeAll(typed.keySet());
        if (!missing.isEmpty()) {
            return new ConditionOutcome.Undecided("missing context parameters " + missing, missing);
        }
        return run(typed);
    }

    /**
     * Which parameters the part of the expression that is false names, for an explanation.
     *
     * @param request the context of the request
     * @param stored the context kept with the tuple, which wins
     * @return the parameters of those operands of the outermost {@code &&} that are false; all parameters when the
     *     expression has no such operands
     */
    public List<String> parametersOfWhatIsFalse(Map<String, Object> request, Map<String, Object> stored) {
        Set<String> named = new LinkedHashSet<>();
        for (String operand : Conjunction.operands(definition.expression())) {
            try {
                CompiledCondition part =
                        compile(new ConditionDefinition(definition.name(), operand, definition.parameters()));
                if (part.evaluate(request, stored) instanceof ConditionOutcome.NotMet) {
                    definition.parameters().keySet().stream()
                            .filter(parameter -> Conjunction.names(operand, parameter))
                            .forEach(named::add);
                }
            } catch (InvalidModelException e) {
                return List.copyOf(definition.parameters().keySet());
            }
        }
        return List.copyOf(named);
    }

    private ConditionOutcome run(Map<String, Object> typed) {
        try {
            return Boolean.TRUE.equals(program.evaluate(typed))
                    ? new ConditionOutcome.Met()
                    : new ConditionOutcome.NotMet();
        } catch (EvaluationException e) {
            return new ConditionOutcome.Undecided(
                    "failed to evaluate condition expression: " + e.getMessage(), List.of());
        }
    }

    private Map<String, Object> typed(Map<String, Object> context) {
        if (context.isEmpty()) {
            return Map.of();
        }
        if (definition.parameters().isEmpty()) {
            throw new ParameterTypeException("", "no parameters defined for the condition");
        }
        Map<String, Object> typed = new HashMap<>();
        for (Map.Entry<String, ParameterType> parameter :
                definition.parameters().entrySet()) {
            String name = parameter.getKey();
            if (context.containsKey(name)) {
                try {
                    typed.put(name, ParameterValues.convert(parameter.getValue(), context.get(name)));
                } catch (IllegalArgumentException e) {
                    throw new ParameterTypeException(
                            name, "failed to convert context parameter '" + name + "': " + e.getMessage());
                }
            }
        }
        return typed;
    }
}
