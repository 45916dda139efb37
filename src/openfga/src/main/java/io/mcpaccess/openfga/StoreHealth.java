package io.mcpaccess.openfga;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Says how a store is. No method blocks, and no stage fails. */
public interface StoreHealth {

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
     * When what the store holds was last seen as its files are.
     *
     * @return empty before the first time
     */
    default Optional<Instant> followedAt() {
        return Optional.empty();
    }

    /**
     * Whether the store has files that it follows, so that what it answers from may be old.
     *
     * @return whether {@link #followedAt} has something to say
     */
    default boolean isFollowing() {
        return false;
    }

    /**
     * Whether it is not known yet for which domain the store is opened: then it can be neither tried nor used.
     *
     * @return true until it is known
     */
    default boolean isAwaitingItsDomain() {
        return false;
    }
}
