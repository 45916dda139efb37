package io.mcpaccess.openfga.testing;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests OpenFGA's own Go library for models: {@code @ExtendWith(OpenFgaLibrary.class)} and a parameter of type
 * {@link LanguageProgram}. The program around it ({@code src/test/go/openfga-language}) is built once a test run.
 *
 * <p>Where Go or the library's modules cannot be had, the tests are skipped with the reason, unless the environment says
 * {@code REQUIRE_OPENFGA=true}: then they fail.
 */
public final class OpenFgaLibrary implements ExecutionCondition, ParameterResolver {

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(OpenFgaLibrary.class);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        LanguageProgram program = program(context);
        return program.reason() == null
                ? ConditionEvaluationResult.enabled("OpenFGA's Go library answers by " + program.executable())
                : Necessity.missing("Go library of OpenFGA", program.reason());
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == LanguageProgram.class;
    }

    @Override
    public LanguageProgram resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return program(context);
    }

    private static LanguageProgram program(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(LanguageProgram.class, key -> LanguageProgram.build(), LanguageProgram.class);
    }
}
