package io.mcpaccess.openfga.embedded.backend;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The threads for what may take longer than an event loop can wait. Thread-safe. */
final class BackendWorkers {

    private static final int THREADS = 2;
    private static final int WAITING = 1000;
    private static final long IDLE_SECONDS = 30;
    private static final Duration GRACE = Duration.ofMillis(50);

    private final ThreadPoolExecutor executor;

    /**
     * Threads that are made when they are needed.
     *
     * @param name of each of them
     */
    BackendWorkers(String name) {
        executor = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), task -> {
                    Thread thread = new Thread(task, name);
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
    }

    boolean isClosed() {
        return executor.isShutdown();
    }

    /**
     * Does a task, unless its time is over before a thread is free.
     *
     * @param limit when to give up waiting, whether the task has come to its end or not; counts from now
     * @return completes with the result, or exceptionally with what the task threw, a {@link RejectedExecutionException}
     *     where too many wait, or a {@link TimeoutException}
     */
    <T> CompletableFuture<T> run(Duration limit, Task<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            executor.execute(() -> {
                try {
                    long left = deadline - System.nanoTime();
                    if (left > 0 && !result.isDone()) {
                        result.complete(task.within(Duration.ofNanos(left)));
                    } else {
                        result.completeExceptionally(new TimeoutException());
                    }
                } catch (Throwable e) {
                    // Also an Error: who waits would wait for ever.
                    result.completeExceptionally(e);
                }
            });
        } catch (Throwable e) {
            // Too many wait, or there is no memory for a thread.
            result.completeExceptionally(e);
        }
        // A task looks at the clock itself and ends in time; this is for one that does not.
        return result.orTimeout(limit.plus(GRACE).toNanos(), TimeUnit.NANOSECONDS);
    }

    /** What is to be done in a time. */
    @FunctionalInterface
    interface Task<T> {
        T within(Duration left) throws Exception;
    }

    /** What waits is still done. */
    void close() {
        executor.shutdown();
    }
}
