package io.mcpaccess.openfga.testing;

import java.util.Map;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a real OpenFGA server by way of {@code bin/openfga}: {@code @ExtendWith(OpenFgaServer.class)} and a
 * parameter of type {@link OpenFgaStores}.
 *
 * <p>One server is started per test run and stopped at its end; each test makes stores of its own in it. Where no
 * server can be had, the tests are skipped with the reason, unless the environment says {@code REQUIRE_OPENFGA=true}:
 * then they fail.
 */
public final class OpenFgaServer implements ExecutionCondition, ParameterResolver {

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(OpenFgaServer.class);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        OpenFgaProcess running = running(context);
        if (running.reason() == null) {
            return ConditionEvaluationResult.enabled("OpenFGA serves at " + running.url());
        }
        return Necessity.missing("OpenFGA", running.reason());
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == OpenFgaStores.class;
    }

    @Override
    public OpenFgaStores resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return new OpenFgaStores(running(context).url());
    }

    private static OpenFgaProcess running(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(
                        OpenFgaProcess.class, key -> OpenFgaProcess.start(Map.of()), OpenFgaProcess.class);
    }
}
