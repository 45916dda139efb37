package io.mcpaccess.openfga.embedded;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads for what may take longer than an event loop can wait. Thread-safe. */
final class BackendWorkers {

    private static final int THREADS = 2;
    private static final int WAITING = 1000;
    private static final long IDLE_SECONDS = 30;

    private final ThreadPoolExecutor executor;

    BackendWorkers() {
        executor = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), task -> {
                    Thread thread = new Thread(task, "openfga-embedded");
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
    }

    boolean isClosed() {
        return executor.isShutdown();
    }

    /** Completes with the result, or exceptionally with what the task threw or a {@link RejectedExecutionException}. */
    <T> CompletableFuture<T> run(Callable<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            executor.execute(() -> {
                try {
                    result.complete(task.call());
                } catch (Throwable e) {
                    // Also an Error: who waits would wait for ever.
                    result.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(e);
        }
        return result;
    }

    /** What waits is still done. */
    void close() {
        executor.shutdown();
    }
}
