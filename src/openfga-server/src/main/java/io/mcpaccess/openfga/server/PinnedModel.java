package io.mcpaccess.openfga.server;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The authorization model that decides: the configured one, or the store's latest, looked up once for all who ask at the
 * same time and remembered for a short while. A decision names its model, so that a model written meanwhile never
 * answers half of a batch.
 */
final class PinnedModel {

    private static final long REMEMBERED = Duration.ofSeconds(10).toNanos();

    private final Optional<String> configured;
    private final Supplier<CompletableFuture<String>> lookUp;
    private final LongSupplier nanoTime;

    private CompletableFuture<String> latest;
    private long lookedUpAt;

    /**
     * Looks nothing up yet.
     *
     * @param configured the configured model, if there is one
     * @param lookUp finds the latest; fails with a {@link ServerFailure}
     * @param nanoTime a clock that never goes back
     */
    PinnedModel(Optional<String> configured, Supplier<CompletableFuture<String>> lookUp, LongSupplier nanoTime) {
        this.configured = configured;
        this.lookUp = lookUp;
        this.nanoTime = nanoTime;
    }

    /**
     * The model that decides now.
     *
     * @return its id
     */
    CompletableFuture<String> id() {
        if (configured.isPresent()) {
            return CompletableFuture.completedFuture(configured.get());
        }
        synchronized (this) {
            boolean old = nanoTime.getAsLong() - lookedUpAt >= REMEMBERED;
            if (latest == null || latest.isCompletedExceptionally() || (latest.isDone() && old)) {
                latest = lookUp.get();
                lookedUpAt = nanoTime.getAsLong();
            }
            return latest;
        }
    }

    /** Another model may be the latest now. */
    synchronized void forget() {
        latest = null;
    }
}
