package io.mcpaccess.registry.map;

import io.mcpaccess.openfga.BackendException;
import io.mcpaccess.registry.plan.RegistryException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for the engine on the registry's own threads. Every backend answers by a deadline of its own; this is the net. */
public final class EngineAnswers {

    private static final long SECONDS = 20;

    private EngineAnswers() {}

    /**
     * Waits for an answer.
     *
     * @param stage the answer to come
     * @param <T> what it is
     * @return the answer
     * @throws RegistryException with status 503 where none comes, with words for an administrator
     */
    public static <T> T get(CompletionStage<T> stage) {
        return get(stage, SECONDS);
    }

    /**
     * Waits for an answer that takes longer than a decision, such as a whole store.
     *
     * @param stage the answer to come
     * @param seconds how long at the most
     * @param <T> what it is
     * @return the answer
     * @throws RegistryException with status 503 where none comes, with words for an administrator
     */
    public static <T> T get(CompletionStage<T> stage, long seconds) {
        try {
            return stage.toCompletableFuture().get(seconds, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            String why = e.getCause() instanceof BackendException known ? known.getMessage() : "it failed";
            throw new RegistryException(503, "The authorization engine did not answer: " + why, e);
        } catch (TimeoutException e) {
            throw new RegistryException(503, "The authorization engine did not answer in time.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryException(503, "The engine is being stopped.", e);
        }
    }
}
