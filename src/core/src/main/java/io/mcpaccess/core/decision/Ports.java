package io.mcpaccess.core.decision;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** How a port is called: whatever it does, what comes back is a stage. */
final class Ports {

    private Ports() {}

    /**
     * Calls a port.
     *
     * @param port the call
     * @param <T> what it answers
     * @return its stage; one that has failed where the port threw or gave none
     */
    static <T> CompletionStage<T> called(Supplier<CompletionStage<T>> port) {
        try {
            return Objects.requireNonNull(port.get(), "a port gave no stage");
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
