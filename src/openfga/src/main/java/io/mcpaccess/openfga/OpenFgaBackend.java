package io.mcpaccess.openfga;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One OpenFGA store in all its roles, with its health and its end. Who needs one role takes that port alone.
 *
 * <p>Every method returns at once and never blocks the calling thread, which may be an event loop. Every stage
 * completes exactly once and within a deadline of the implementation's own. Stages complete on a thread of the
 * implementation: a caller that must answer on an event loop moves back there itself.
 *
 * <p>{@link #check} and {@link #checkAll} never complete exceptionally: what went wrong is a {@link CheckResult}. All
 * other stages fail with a {@link BackendException}, and with nothing else.
 *
 * <p>Implementations are safe for use by many threads. After {@link #close} every method answers as unavailable; a
 * question in flight while the backend is closed still gets an answer.
 */
public interface OpenFgaBackend extends PermissionChecks, PermissionSearches, StoreAdministration, AutoCloseable {

    /**
     * Looks whether the store can answer now.
     *
     * @return never fails: what is wrong stands in the report
     */
    CompletionStage<BackendHealth> health();

    /**
     * What an administrator should know though everything works, such as an OpenFGA with known holes.
     *
     * @return sentences; never fails, mostly empty
     */
    default CompletionStage<List<String>> warnings() {
        return CompletableFuture.completedFuture(List.of());
    }

    /**
     * What the decision cache has done, if there is one.
     *
     * @return {@code entries}, {@code hits} and {@code misses}; empty without a cache
     */
    default Map<String, Long> cacheFigures() {
        return Map.of();
    }

    /**
     * Does ahead what the first question would otherwise pay for, such as a connection, a token and the model look-up.
     * Returns at once.
     *
     * @return completes when it is done or has failed; never fails
     */
    default CompletionStage<Void> warmUp() {
        return CompletableFuture.completedFuture(null);
    }

    /** Frees every connection, thread, timer and lock. Returns without waiting; a second call does nothing. */
    @Override
    void close();
}
