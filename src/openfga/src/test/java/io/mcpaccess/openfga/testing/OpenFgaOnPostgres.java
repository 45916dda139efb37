package io.mcpaccess.openfga.testing;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The same as {@link OpenFgaServer} with OpenFGA's PostgreSQL store behind it. Where PostgreSQL is not installed, or
 * OpenFGA runs elsewhere, the tests are skipped with the reason.
 */
public final class OpenFgaOnPostgres implements ExecutionCondition, ParameterResolver {

    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(OpenFgaOnPostgres.class);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Both both = both(context);
        return both.reason() == null
                ? ConditionEvaluationResult.enabled("OpenFGA on PostgreSQL serves")
                : ConditionEvaluationResult.disabled("no OpenFGA on PostgreSQL: " + both.reason());
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == OpenFgaStores.class;
    }

    @Override
    public OpenFgaStores resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return new OpenFgaStores(both(context).openfga().url());
    }

    private static Both both(ExtensionContext context) {
        return context.getRoot().getStore(NAMESPACE).getOrComputeIfAbsent(Both.class, key -> Both.start(), Both.class);
    }

    private record Both(PostgresCluster postgres, OpenFgaProcess openfga, String reason) implements AutoCloseable {

        static Both start() {
            if (System.getenv("OPENFGA_API_URL") != null) {
                return new Both(null, null, "OPENFGA_API_URL names a server that runs elsewhere");
            }
            Optional<PostgresCluster> postgres = PostgresCluster.start();
            if (postgres.isEmpty()) {
                return new Both(null, null, "PostgreSQL is not installed");
            }
            OpenFgaProcess openfga = OpenFgaProcess.start(Map.of(
                    "OPENFGA_DATASTORE_ENGINE",
                    "postgres",
                    "OPENFGA_DATASTORE_URI",
                    postgres.get().uri()));
            return new Both(postgres.get(), openfga, openfga.reason());
        }

        @Override
        public void close() {
            if (openfga != null) {
                openfga.close();
            }
            if (postgres != null) {
                postgres.close();
            }
        }
    }
}
