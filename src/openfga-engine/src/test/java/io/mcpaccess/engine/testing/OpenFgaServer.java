package io.mcpaccess.engine.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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

    /** Long enough for {@code go install} on a slow machine. */
    private static final long START_MINUTES = 10;

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Running running = running(context);
        if (running.reason == null) {
            return ConditionEvaluationResult.enabled("OpenFGA serves at " + running.url);
        }
        if ("true".equals(System.getenv("REQUIRE_OPENFGA"))) {
            throw new IllegalStateException("REQUIRE_OPENFGA is set, and there is no OpenFGA: " + running.reason);
        }
        return ConditionEvaluationResult.disabled("no OpenFGA: " + running.reason);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == OpenFgaStores.class;
    }

    @Override
    public OpenFgaStores resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return new OpenFgaStores(running(context).url);
    }

    private static Running running(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(Running.class, key -> Running.start(), Running.class);
    }

    /** The server's process, or the reason why there is none. */
    private record Running(Process process, URI url, String reason) implements AutoCloseable {

        static Running start() {
            Path script = Path.of(System.getProperty("repository.root", "../.."), "bin", "openfga");
            try {
                Path log = Files.createTempFile("openfga", ".log");
                log.toFile().deleteOnExit();
                Process process = new ProcessBuilder(script.toString())
                        .redirectError(log.toFile())
                        .start();
                String line = firstLine(process);
                if (line == null) {
                    return new Running(process, null, Files.readString(log).strip());
                }
                return new Running(process, URI.create(line.replaceFirst("^openfga ready ", "")), null);
            } catch (IOException e) {
                return new Running(null, null, script + " cannot be run: " + e.getMessage());
            }
        }

        private static String firstLine(Process process) {
            CompletableFuture<String> line = CompletableFuture.supplyAsync(() -> {
                try {
                    return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
                            .readLine();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            try {
                return line.get(START_MINUTES, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return null;
            } catch (ExecutionException | TimeoutException e) {
                process.destroy();
                return null;
            }
        }

        @Override
        public void close() {
            if (process != null) {
                process.destroy();
                process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
            }
        }
    }
}
