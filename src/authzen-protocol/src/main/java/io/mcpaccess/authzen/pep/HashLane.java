package io.mcpaccess.authzen.pep;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/**
 * Computes slow hashes, a few at once and a few more waiting; whoever comes then is told so at once.
 *
 * <p>May be used by any number of threads; never blocks.
 */
final class HashLane {

    /** Shorter than callers are kept waiting: what nobody waits for any more is not computed. */
    private static final long MAX_WAIT_NANOS = Duration.ofSeconds(2).toNanos();

    private final Blocking workers;
    private final int maxRunning;
    private final int maxWaiting;
    private final LongSupplier nanoTime;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int running;

    /**
     * Has nothing to do yet.
     *
     * @param workers where hashes are computed
     * @param maxRunning how many at once
     * @param maxWaiting how many may wait for that
     * @param nanoTime a monotonic clock in nanoseconds
     */
    HashLane(Blocking workers, int maxRunning, int maxWaiting, LongSupplier nanoTime) {
        this.workers = Objects.requireNonNull(workers, "workers");
        this.maxRunning = maxRunning;
        this.maxWaiting = maxWaiting;
        this.nanoTime = Objects.requireNonNull(nanoTime, "nanoTime");
    }

    /**
     * Computes one, now or when it is its turn.
     *
     * @param hash the comparison
     * @return its result; fails with {@link PepDelayedException} where too many wait or it waited too long
     */
    CompletionStage<Boolean> run(Callable<Boolean> hash) {
        CompletableFuture<Boolean> result = new CompletableFuture<>();
        long since = nanoTime.getAsLong();
        Runnable turn = () -> turn(hash, since, result);
        synchronized (this) {
            if (running == maxRunning) {
                if (waiting.size() == maxWaiting) {
                    return CompletableFuture.failedFuture(PepDelayedException.busy());
                }
                waiting.add(turn);
                return result;
            }
            running++;
        }
        turn.run();
        return result;
    }

    private void turn(Callable<Boolean> hash, long since, CompletableFuture<Boolean> result) {
        if (nanoTime.getAsLong() - since > MAX_WAIT_NANOS) {
            result.completeExceptionally(PepDelayedException.busy());
            next();
            return;
        }
        try {
            workers.run(hash).whenComplete((matching, failure) -> {
                next();
                if (failure == null) {
                    result.complete(matching);
                } else {
                    result.completeExceptionally(failure);
                }
            });
        } catch (RuntimeException e) {
            next();
            result.completeExceptionally(e);
        }
    }

    private void next() {
        Runnable turn;
        synchronized (this) {
            turn = waiting.poll();
            if (turn == null) {
                running--;
                return;
            }
        }
        turn.run();
    }
}
