package io.mcpaccess.openfga.embedded.backend;

import java.time.Instant;
import java.util.Optional;

/** How it stands with what an engine's content is kept in, from opening to closing. Thread-safe. */
public interface StoreLifeCycle {

    /**
     * What is wrong with what is kept.
     *
     * @return a text for the administrator; empty when all is well
     */
    Optional<String> problem();

    /**
     * Why nothing of what is kept could be read so far.
     *
     * @return a text for the administrator; empty once there is something to answer from
     */
    default Optional<String> neverRead() {
        return Optional.empty();
    }

    /**
     * Why nothing may be answered now: nothing could be read so far, what was read is too old, or the store belongs
     * to somebody else. Asked at each question.
     *
     * @return a text for the administrator, without paths; empty when all may be answered
     */
    default Optional<String> refusal() {
        return neverRead();
    }

    /**
     * Whether it is not known yet for whom the store is opened. Then nothing is answered, and nothing is wrong.
     *
     * @return true until it is known
     */
    default boolean isAwaitingItsDomain() {
        return false;
    }

    /**
     * When what is kept was last seen as it is.
     *
     * @return empty before the first time, and where it is always so
     */
    default Optional<Instant> followedAt() {
        return Optional.empty();
    }

    /** The backend is closed. Returns at once. */
    void close();

    /**
     * The life of stores in memory alone.
     *
     * @return does nothing
     */
    static StoreLifeCycle inMemory() {
        return new StoreLifeCycle() {
            @Override
            public Optional<String> problem() {
                return Optional.empty();
            }

            @Override
            public void close() {}
        };
    }
}
