package io.mcpaccess.openfga;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Begin and end of an opened store. It connects to nothing before it is asked or warmed up. After {@link #close} all that is asked of
 * the store is answered as unavailable; a question in flight meanwhile still gets an answer.
 */
public interface StoreLife extends AutoCloseable {

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
