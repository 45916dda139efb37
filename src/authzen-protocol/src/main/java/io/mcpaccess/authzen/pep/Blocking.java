package io.mcpaccess.authzen.pep;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;

/** Runs slow work off the event loop. */
@FunctionalInterface
public interface Blocking {

    /**
     * Runs a task on a worker thread.
     *
     * @param task what to run
     * @param <T> what it gives
     * @return its result, or its failure
     */
    <T> CompletionStage<T> run(Callable<T> task);

    /**
     * Runs a task whose end nobody waits for here.
     *
     * @param task what to run
     */
    default void execute(Runnable task) {
        run(() -> {
            task.run();
            return null;
        });
    }
}
